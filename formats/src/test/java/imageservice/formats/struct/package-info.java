@NullMarked
package imageservice.formats.struct;

import org.jspecify.annotations.NullMarked;
