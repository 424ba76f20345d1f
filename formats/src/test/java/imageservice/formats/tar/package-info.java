@NullMarked
package imageservice.formats.tar;

import org.jspecify.annotations.NullMarked;
