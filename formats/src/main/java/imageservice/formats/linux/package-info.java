/// What a Linux kernel image for x86 says about itself: the setup header of
/// `Documentation/arch/x86/boot.rst`, "The Real-Mode Kernel Header".
///
/// Supported: the kernel's release, for which other architectures' images have no such header, and
/// looking for names in kernels that are not packed (`Image` of arm64) or packed with xz, zstd,
/// gzip or LZ4 (bzImage, EFI zboot images).
@NullMarked
package imageservice.formats.linux;

import org.jspecify.annotations.NullMarked;
