package imageservice.formats.xfs;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.medium.SectorSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Volumes and entries for tests.
final class Volumes {
  static final UUID BOOT = UUID.fromString("24c73076-4092-85dd-9d98-686a2dbf6d81");
  static final long EPOCH = 1_700_000_000L;

  private Volumes() {}

  static XfsVolume boot(long mib, int sectorSize) {
    return new XfsVolume("BOOT", BOOT, EPOCH, mib << 20, new SectorSize(sectorSize));
  }

  static XfsEntry.Directory directory(String path) {
    return new XfsEntry.Directory(path, 0755);
  }

  static XfsEntry.File file(String path, Blob content) {
    return new XfsEntry.File(path, 0644, content);
  }

  /// What GRUB boots from, with these contents.
  static List<XfsEntry> bootFiles(Blob kernel, Blob initramfs, Blob configuration) {
    return List.of(
        directory(""),
        directory("A"),
        file("A/initramfs.xz", initramfs),
        file("A/vmlinuz", kernel),
        new XfsEntry.Directory("grub", 0700),
        new XfsEntry.File("grub/grub.cfg", 0600, configuration));
  }

  /// So many entries, the root among them, in directories of a hundred.
  static List<XfsEntry> many(int count) {
    List<XfsEntry> entries = new ArrayList<>(List.of(directory("")));
    for (int i = 1; i < count; i++) {
      String folder = Integer.toString(i / 100);
      boolean first = i % 100 == 0 || i == 1;
      entries.add(first ? directory(folder) : file(folder + "/" + i, zeros(i % 2)));
    }
    return entries;
  }

  static Blob zeros(long length) {
    return Extents.builder().zeros(length).build();
  }

  static Blob random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Blob.of(bytes);
  }
}
