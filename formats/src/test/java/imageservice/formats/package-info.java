@NullMarked
package imageservice.formats;

import org.jspecify.annotations.NullMarked;
