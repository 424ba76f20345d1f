/// File systems of squashfs 4.0, as `fs/squashfs/squashfs_fs.h` of Linux lays them out.
///
/// Written: directories, regular files and symbolic links, owned by 0:0, with permissions and
/// times, compressed with zstd (level 18) or xz in blocks of 128 KiB; files shorter than a block in
/// shared fragments; zero blocks as holes; equal files stored once; a table for export over NFS;
/// and of extended attributes `security.selinux`, the table being there only when one is used. The
/// flags and counts of the superblock equal those of `mksquashfs -all-root` on the same tree.
///
/// Not written: hard links, devices, FIFOs, sockets, other attributes, other owners, directory
/// indexes, tail ends of long files in fragments. Limits are those of Linux: names of 255 bytes,
/// link targets and paths of 4095.
///
/// Reading is [imageservice.formats.squashfs.reader], which shares the numbers in
/// [imageservice.formats.squashfs.SquashfsFormat] and the rules of paths.
@NullMarked
package imageservice.formats.squashfs;

import org.jspecify.annotations.NullMarked;
