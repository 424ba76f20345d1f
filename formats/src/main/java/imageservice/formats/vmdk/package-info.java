/// VMware's virtual disks, stream-optimized.
@NullMarked
package imageservice.formats.vmdk;

import org.jspecify.annotations.NullMarked;
