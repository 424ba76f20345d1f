/// Open Virtualization Format: the description of a virtual machine beside its disk.
@NullMarked
package imageservice.formats.ova;

import org.jspecify.annotations.NullMarked;
