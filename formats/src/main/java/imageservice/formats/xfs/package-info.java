/// Writes XFS file systems of version 5, as "XFS Algorithms & Data Structures" (3rd edition)
/// describes them, in two passes: {@link imageservice.formats.xfs.XfsLayout} finds out where
/// everything lies from names and lengths, and its `encode` pours metadata and references to file
/// contents into extents. Metadata does not depend on contents. Whatever is not used is a run of
/// zeros and costs nothing.
///
/// Supported: the features that `mkfs.xfs` of Linux 6.1 makes by default, which GRUB 2.06 and later
/// read: checksums, bigtime, free inode trees with counters, sparse inodes, reflink. Blocks of 4096
/// bytes, inodes of 512, sectors of 512 or 4096 bytes, four allocation groups, a clean log of 64
/// MiB in the third of them. Directories inside their inode or of one block; regular files, in one
/// run of blocks wherever one is long enough. All inodes lie in the first group.
///
/// Not supported: reading, directories of more than one block, links, special files, extended
/// attributes, owners other than root, quotas, realtime devices, reverse mapping (rmapbt), large
/// extent counters (nrext64), parent pointers, volumes of less than 300 MiB or more than 31 GiB.
@NullMarked
package imageservice.formats.xfs;

import org.jspecify.annotations.NullMarked;
