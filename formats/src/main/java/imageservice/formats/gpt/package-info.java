/// Writes partition tables: the protective MBR and the GUID partition table of UEFI 2.10, chapter
/// 5, for sectors of 512 and 4096 bytes, on disks and inside ISO 9660 system areas.
///
/// {@link imageservice.formats.gpt.GptGeometry} says where the structures lie, {@link
/// imageservice.formats.gpt.GptTable} adds the partitions and writes both copies; {@link
/// imageservice.formats.gpt.Mbr} is sector 0. The parameters of the geometry allow what the
/// standard's own numbers do not: an entry array away from the header, fewer or more than 128
/// entries, room before the first partition.
///
/// Not supported: reading tables, entries of more than 128 bytes, extended MBR partitions.
@NullMarked
package imageservice.formats.gpt;

import org.jspecify.annotations.NullMarked;
