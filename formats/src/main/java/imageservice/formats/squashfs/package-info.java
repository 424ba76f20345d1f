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
/// Read ([imageservice.formats.squashfs.SquashfsReader]): images of any writer, compressed with
/// gzip, xz or zstd or not at all, in blocks of 4 KiB to 1 MiB; all types of inodes, basic and
/// extended; fragments, holes, extended attributes. Indexes of directories and the table for export
/// are not looked at. Refused: names and targets that are not UTF-8, names out of order,
/// directories of more than 2^20 entries or at two places, sets of attributes of more than 1 MiB.
@NullMarked
package imageservice.formats.squashfs;

import org.jspecify.annotations.NullMarked;
