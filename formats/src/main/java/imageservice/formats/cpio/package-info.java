/// cpio archives of the "new ASCII" format without checksums: magic 070701, `newc` to cpio(1), SVR4
/// in its manual, the one format the Linux kernel unpacks as an initramfs
/// (`Documentation/driver-api/early-userspace/buffer-format.rst`).
///
/// Written: directories, regular files and symbolic links, owned by 0:0, on device 0, numbered from
/// 0 in archive order, each file with one link; byte for byte what `cpio -H newc --reproducible -R
/// +0:+0 -o` of GNU cpio 2.13 makes of the same tree. Not written: hard links, devices, FIFOs,
/// sockets, checksums (070702), and files of 4 GiB or more, which the format cannot describe.
///
/// Read: any archive of this format with names of at most 4095 bytes, as a stream, whatever its
/// entries are; what it means is the caller's business.
@NullMarked
package imageservice.formats.cpio;

import org.jspecify.annotations.NullMarked;
