@NullMarked
package imageservice.formats.ova;

import org.jspecify.annotations.NullMarked;
