package imageservice.builder.assemble;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.fat.FatDirectory;
import imageservice.formats.fat.FatFile;
import imageservice.formats.fat.FatGeometry;
import imageservice.formats.fat.FatLayout;
import imageservice.formats.fat.FatType;
import imageservice.formats.fat.FatVolume;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.pe.PeImage;
import imageservice.formats.struct.Alignment;
import imageservice.plan.Epoch;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private static final long SERIAL = 0x1234_ABCDL;
  private static final String LABEL = "EFI";

  /// 2015-03-14T09:26:52Z, the date that `mkfs.fat --invariant` gives labels.
  private static final long LABEL_EPOCH_SECONDS = 1_426_325_212L;

  SystemdBootFiles {
    files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  static SystemdBootFiles of(TalosVersion version, Blob systemdBoot, Blob uki) throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    files.put("EFI/BOOT/" + removableMediaName(systemdBoot), systemdBoot);
    files.put("EFI/Linux/Talos-" + version + ".efi", uki);
    files.put("loader/loader.conf", Blob.of(loaderConf("off")));
    files.put(RANDOM_SEED, Blob.of(new byte[RANDOM_SEED_LENGTH]));
    return new SystemdBootFiles(files);
  }

  /// The partition: a FAT32 of whole tracks, then zeros up to a whole MiB.
  Blob systemPartition() {
    Map<String, FatFile> entries = new LinkedHashMap<>();
    files.forEach((path, content) ->
        entries.put(
            path,
            new FatFile(
                path.substring(path.lastIndexOf('/') + 1), content, path.equals(RANDOM_SEED))));
    FatVolume volume =
        new FatVolume(FatVolume.MKFS_OEM, SERIAL, LABEL, LABEL_EPOCH_SECONDS, Epoch.SECONDS);
    FatGeometry geometry = FatGeometry.disk(FatType.FAT32, SectorSize.OF_512, length());
    return Extents.builder()
        .add(FatLayout.of(geometry, volume, FatDirectory.ofPaths(entries)).encode())
        .zerosTo(length())
        .build();
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
