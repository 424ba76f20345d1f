/// System extensions: checks what an extension's image holds, and takes it apart into the squashfs
/// image, the firmware, the microcode and the kernel modules that go into an initramfs.
@NullMarked
package imageservice.builder.extension;

import org.jspecify.annotations.NullMarked;
