@NullMarked
package imageservice.formats.vhd;

import org.jspecify.annotations.NullMarked;
