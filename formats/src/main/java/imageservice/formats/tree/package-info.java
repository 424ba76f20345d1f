/// Trees of named entries, which archives and file systems are made of.
@NullMarked
package imageservice.formats.tree;

import org.jspecify.annotations.NullMarked;
