@NullMarked
package imageservice.formats.vmdk;

import org.jspecify.annotations.NullMarked;
