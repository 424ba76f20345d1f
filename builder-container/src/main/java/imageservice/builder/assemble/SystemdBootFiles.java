package imageservice.builder.assemble;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.pe.PeImage;
import imageservice.formats.struct.Alignment;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files, by path, with which systemd-boot boots one unified kernel image: the content of an
/// EFI system partition, which ISOs have among their files as well.
record SystemdBootFiles(SortedMap<String, Blob> files) {
  /// Read-only on FAT and ISO alike. systemd-boot 261 expects the file.
  static final String RANDOM_SEED = "loader/random-seed";

  /// Bytes.
  private static final int RANDOM_SEED_LENGTH = 32;

  /// Machine types of PE images.
  private static final int AMD64 = 0x8664;

  private static final int ARM64 = 0xAA64;

  /// Bytes.
  private static final long MIB = 1 << 20;

  /// Bytes of the partition beyond those of its two large files.
  private static final long SPARE = 10 * MIB;

  /// Bytes of the partition at least: a smaller one has fewer than the 65,525 clusters of a FAT32,
  /// and firmware takes it for a FAT16.
  private static final long SMALLEST = 34 * MIB;

  SystemdBootFiles {
    files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /// Those of an ISO.
  static SystemdBootFiles of(TalosVersion version, Blob systemdBoot, Blob uki) throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    files.put("EFI/BOOT/" + removableMediaName(systemdBoot), systemdBoot);
    files.put(ukiPath(version), uki);
    files.put("loader/loader.conf", Blob.of(loaderConf("off")));
    files.put(RANDOM_SEED, Blob.of(new byte[RANDOM_SEED_LENGTH]));
    return new SystemdBootFiles(files);
  }

  /// The partition of an ISO: large enough for the files.
  Blob systemPartition() {
    return EfiSystemPartition.of(files, Set.of(RANDOM_SEED), SectorSize.OF_512, length());
  }

  /// Bytes of the partition: each of the two large files rounded up to whole MiB, and room for the
  /// rest.
  private long length() {
    long large =
        files.entrySet().stream()
            .filter(file -> file.getKey().startsWith("EFI/"))
            .mapToLong(file -> Alignment.roundUp(file.getValue().length(), MIB))
            .sum();
    return Math.max(SMALLEST, SPARE + large);
  }

  /// Those of a disk, whose boot loader Talos looks for by these very names.
  static SystemdBootFiles ofDisk(TalosVersion version, Blob systemdBoot, Blob uki)
      throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    String name = removableMediaName(systemdBoot).replace(".EFI", ".efi");
    files.put("EFI/boot/" + name, systemdBoot);
    files.put(ukiPath(version), uki);
    files.put("loader/loader.conf", Blob.of("# systemd-boot configuration\n\ntimeout 10\n"));
    return new SystemdBootFiles(files);
  }

  private static String ukiPath(TalosVersion version) {
    return "EFI/Linux/Talos-" + version + ".efi";
  }

  /// The name under which firmware looks for a loader on removable media: UEFI 2.10, table 3-1.
  private static String removableMediaName(Blob loader) throws IOException {
    int machine = PeImage.read(loader).coff().machine();
    return switch (machine) {
      case AMD64 -> "BOOTX64.EFI";
      case ARM64 -> "BOOTAA64.EFI";
      default ->
          throw new UnfitInputException("systemd-boot is for machine 0x%x".formatted(machine));
    };
  }

  private static String loaderConf(String enroll) {
    return """
    # systemd-boot configuration

    timeout 10

    secure-boot-enroll %s
    """
        .formatted(enroll);
  }
}
