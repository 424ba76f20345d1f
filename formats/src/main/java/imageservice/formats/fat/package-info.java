/// Writes FAT12, FAT16 and FAT32 file systems, as "FAT: General Overview of On-Disk Format"
/// (Microsoft, 1.03) describes them, in two passes: {@link imageservice.formats.fat.FatLayout}
/// finds out where everything lies from names and lengths, and its `encode` pours tables and
/// references to file contents into extents. Whatever is not used is a run of zeros and costs
/// nothing.
///
/// Supported: sectors of 512 to 4096 bytes, two FATs, long names (VFAT), case bits of short names,
/// directories, the read-only attribute, a volume label and serial number. Every file and directory
/// lies in one contiguous run of clusters: first the directories, then the files from the shortest
/// to the longest (so that the big ones can be copied in long runs). Names that differ in case
/// alone do not fit one directory.
///
/// Not supported: reading, fragmentation, bad clusters, hidden and system files, exFAT. Boot
/// sectors hold no boot code but for a call of the firmware's next choice.
@NullMarked
package imageservice.formats.fat;

import org.jspecify.annotations.NullMarked;
