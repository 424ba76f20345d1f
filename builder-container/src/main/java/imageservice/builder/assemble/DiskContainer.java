package imageservice.builder.assemble;

import imageservice.asset.Compression;
import imageservice.formats.blob.Blob;
import imageservice.formats.compress.Codec;
import imageservice.formats.ova.OvaArchive;
import imageservice.formats.ova.VirtualMachine;
import imageservice.formats.qcow2.Qcow2Image;
import imageservice.formats.tar.TarArchive;
import imageservice.formats.vhd.FixedVhd;
import imageservice.formats.vmdk.StreamOptimizedVmdk;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.Epoch;
import java.io.IOException;
import java.util.HexFormat;
import java.util.UUID;

/// What a disk is delivered in: the format of a kind of virtual machine, and a compressed file
/// around it. Their ids follow from the plan.
final class DiskContainer {
  /// What VMware's products make of the archive.
  private static final VirtualMachine MACHINE =
      new VirtualMachine(
          "talos",
          new VirtualMachine.Property(
              "talos.config", "Talos config data", "Base64 encoded machine configuration"),
          "talos.nvram",
          "vmx-15",
          2,
          2_048);

  /// The name of a disk within a tar archive, whatever its format.
  private static final String IN_TAR = "disk.raw";

  private DiskContainer() {}

  static Blob of(BuildPlan.Disk plan, Blob disk, Tools tools) throws IOException {
    return compressed(plan.compression(), formatted(plan, disk, tools));
  }

  private static Blob formatted(BuildPlan.Disk plan, Blob disk, Tools tools) throws IOException {
    UUID id = id(plan);
    return switch (plan.format()) {
      case RAW -> disk;
      case QCOW2 -> Qcow2Image.of(disk);
      case VHD -> FixedVhd.of(disk, id, Epoch.SECONDS);
      case OVA -> ova(disk, id, tools);
    };
  }

  private static Blob ova(Blob disk, UUID id, Tools tools) throws IOException {
    int contentId = Math.max(1, (int) id.getMostSignificantBits() & Integer.MAX_VALUE);
    Blob vmdk = StreamOptimizedVmdk.of(disk, contentId, new KeptGrains(tools.derived()));
    TarArchive archive = new TarArchive(Epoch.SECONDS);
    OvaArchive.files(MACHINE, vmdk, disk.length()).forEach(archive::file);
    return archive.build();
  }

  private static Blob compressed(Compression compression, Blob file) throws IOException {
    return switch (compression) {
      case NONE -> file;
      case XZ -> Codec.XZ.encode(file);
      case ZST -> Codec.ZSTD.encode(file);
      case GZ -> Codec.GZIP.encode(file);
      case TAR_GZ ->
          Codec.GZIP.encode(new TarArchive(Epoch.SECONDS).sparseFile(IN_TAR, file).build());
    };
  }

  /// Of version 8 (RFC 9562, section 5.8), out of the digest of the plan.
  private static UUID id(BuildPlan.Disk plan) {
    String hex = AssetKey.of(plan).hex();
    long high = HexFormat.fromHexDigitsToLong(hex, 0, 16);
    long low = HexFormat.fromHexDigitsToLong(hex, 16, 32);
    return new UUID(
        (high & ~0xF000L) | 0x8000L, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
