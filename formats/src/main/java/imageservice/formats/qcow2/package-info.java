/// QEMU's copy-on-write images of version 3, as far as a whole disk needs them.
@NullMarked
package imageservice.formats.qcow2;

import org.jspecify.annotations.NullMarked;
