/// Reads file systems of squashfs 4.0, as `fs/squashfs/squashfs_fs.h` of Linux lays them out,
/// without unpacking them.
///
/// Read: images of any writer, compressed with gzip, xz or zstd or not at all, in blocks of 4 KiB
/// to 1 MiB; all types of inodes, basic and extended; fragments, holes, extended attributes.
/// Indexes of directories and the table for export are not looked at. Refused: names and targets
/// that are not UTF-8, names out of order, directories of more than 2^20 entries or at two places,
/// sets of attributes of more than 1 MiB.
@NullMarked
package imageservice.formats.squashfs.reader;

import org.jspecify.annotations.NullMarked;
