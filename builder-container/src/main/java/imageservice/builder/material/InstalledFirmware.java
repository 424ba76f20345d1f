package imageservice.builder.material;

import imageservice.formats.blob.Blob;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an overlay's own program put on a disk.
///
/// @param skip sectors between the header of the partition table and its entries
/// @param raw what lies outside of partitions, by its place in bytes
/// @param files of the EFI system partition, by path
public record InstalledFirmware(
    int skip, SortedMap<Long, Blob> raw, SortedMap<String, Blob> files) {
  public InstalledFirmware {
    raw = Collections.unmodifiableSortedMap(new TreeMap<>(raw));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}
