@NullMarked
package imageservice.formats.blob;

import org.jspecify.annotations.NullMarked;
