/// What a Linux kernel image for x86 says about itself: the setup header of
/// `Documentation/arch/x86/boot.rst`, "The Real-Mode Kernel Header".
///
/// Supported: the kernel's release. Other architectures' images have no such header.
@NullMarked
package imageservice.formats.linux;

import org.jspecify.annotations.NullMarked;
