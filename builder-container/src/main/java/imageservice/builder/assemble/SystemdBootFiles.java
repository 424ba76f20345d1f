package imageservice.builder.assemble;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import imageservice.formats.medium.SectorSize;
import imageservice.formats.pe.PeImage;
import imageservice.formats.struct.Alignment;
import imageservice.plan.Enrolment;
import imageservice.plan.EnrolmentFiles;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files, by path, with which systemd-boot boots one unified kernel image: the content of an
/// EFI system partition, which ISOs have among their files as well.
record SystemdBootFiles(SortedMap<String, Blob> files) {
  /// Where firmware's own menus find the certificate.
  static final String CERTIFICATE = "EFI/keys/uki-signing-cert.der";

  /// Where systemd-boot looks for keys that it may enrol by itself.
  static final String UPDATES = "loader/keys/auto/";

  private static final String CONFIGURATION = "loader/loader.conf";
  private static final String LOADER = "# systemd-boot configuration\n\ntimeout 10\n";

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

  /// Those of an ISO. Its keys are there in every mode, for menus of firmware.
  static SystemdBootFiles of(
      TalosVersion version, Blob systemdBoot, Blob uki, Optional<EnrolledKeys> keys)
      throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    files.put("EFI/BOOT/" + removableMediaName(systemdBoot), systemdBoot);
    files.put(ukiPath(version), uki);
    String mode = keys.map(EnrolledKeys::mode).orElse(Enrolment.Mode.OFF).toString();
    files.put(CONFIGURATION, Blob.of(LOADER + "\nsecure-boot-enroll " + mode + "\n"));
    files.put(RANDOM_SEED, Blob.of(new byte[RANDOM_SEED_LENGTH]));
    keys.ifPresent(present -> {
      files.put(CERTIFICATE, Blob.of(present.certificate().der()));
      putUpdates(files, present);
    });
    return new SystemdBootFiles(files);
  }

  private static void putUpdates(SortedMap<String, Blob> files, EnrolledKeys keys) {
    EnrolmentFiles<byte[]> updates = keys.updates();
    files.put(UPDATES + EnrolmentFiles.PK, Blob.of(updates.pk()));
    files.put(UPDATES + EnrolmentFiles.KEK, Blob.of(updates.kek()));
    files.put(UPDATES + EnrolmentFiles.DB, Blob.of(updates.db()));
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
            .filter(file -> file.getKey().startsWith("EFI/") && !file.getKey().equals(CERTIFICATE))
            .mapToLong(file -> Alignment.roundUp(file.getValue().length(), MIB))
            .sum();
    return Math.max(SMALLEST, SPARE + large);
  }

  /// Those of a disk, whose boot loader Talos looks for by these very names.
  static SystemdBootFiles ofDisk(
      TalosVersion version, Blob systemdBoot, Blob uki, Optional<EnrolledKeys> keys)
      throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    String name = removableMediaName(systemdBoot).replace(".EFI", ".efi");
    files.put("EFI/boot/" + name, systemdBoot);
    files.put(ukiPath(version), uki);
    Optional<EnrolledKeys> enrolled = keys.filter(each -> each.mode() != Enrolment.Mode.OFF);
    String enrol = enrolled.map(each -> "\nsecure-boot-enroll " + each.mode() + "\n").orElse("");
    files.put(CONFIGURATION, Blob.of(LOADER + enrol));
    enrolled.ifPresent(present -> putUpdates(files, present));
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
}
