package imageservice.choice;

import static imageservice.asset.Architecture.AMD64;
import static imageservice.asset.Architecture.ARM64;

import imageservice.asset.Architecture;
import imageservice.asset.Platform;
import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How one platform is offered: the files that its users ask for, and since when.
///
/// @param title its name for people, which no language translates
/// @param disks what follows `<platform>-<arch>.` in the names of its disk images, the usual one
///   first
/// @param secureBoot whether its machines can have secure boot
/// @param since the first version that has it; empty where every version on offer has
/// @param guide where its page is in Talos's documentation
public record PlatformOffer(
    Platform platform,
    String title,
    List<Architecture> architectures,
    List<String> disks,
    List<Boot> boots,
    boolean secureBoot,
    Optional<TalosVersion> since,
    String guide) {
  /// How a machine comes by its first boot.
  public enum Boot {
    ISO,
    DISK,
    PXE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<Architecture> BOTH = List.of(AMD64, ARM64);
  private static final List<Architecture> AMD64_ALONE = List.of(AMD64);
  private static final List<Boot> DISK = List.of(Boot.DISK);
  private static final List<Boot> DISK_ISO = List.of(Boot.ISO, Boot.DISK);
  private static final List<Boot> ALL = List.of(Boot.ISO, Boot.DISK, Boot.PXE);
  private static final String CLOUD = "cloud-platforms/";
  private static final String VIRTUAL = "virtualized-platforms/";

  /// In the order in which they are shown: bare metal, then by what most people look for.
  private static final List<PlatformOffer> OFFERS =
      List.of(
          of(Platform.METAL, "Bare metal", BOTH, "raw.zst qcow2", ALL, "bare-metal-platforms/iso")
              .withSecureBoot(),
          of(Platform.AWS, "Amazon Web Services", BOTH, "raw.xz", DISK, CLOUD + "aws"),
          of(Platform.GCP, "Google Cloud", BOTH, "raw.tar.gz", DISK, CLOUD + "gcp"),
          of(
              Platform.EQUINIX_METAL,
              "Equinix Metal",
              BOTH,
              "",
              List.of(Boot.PXE),
              "bare-metal-platforms/equinix-metal"),
          of(Platform.AZURE, "Microsoft Azure", BOTH, "vhd.xz", DISK, CLOUD + "azure")
              .withSecureBoot(),
          of(
              Platform.DIGITAL_OCEAN,
              "DigitalOcean",
              AMD64_ALONE,
              "raw.gz",
              DISK,
              CLOUD + "digitalocean"),
          of(
                  Platform.NOCLOUD,
                  "NoCloud (Proxmox and others)",
                  BOTH,
                  "raw.xz",
                  ALL,
                  CLOUD + "nocloud")
              .withSecureBoot(),
          of(Platform.OPENSTACK, "OpenStack", BOTH, "raw.xz", ALL, CLOUD + "openstack"),
          of(Platform.VMWARE, "VMware", BOTH, "ova", DISK_ISO, VIRTUAL + "vmware"),
          of(Platform.AKAMAI, "Akamai", AMD64_ALONE, "raw.gz", DISK, CLOUD + "akamai")
              .since("1.7.0"),
          of(Platform.CLOUDSTACK, "Apache CloudStack", BOTH, "raw.gz", DISK, CLOUD + "cloudstack")
              .withSecureBoot()
              .since("1.8.0-alpha.2"),
          of(Platform.HCLOUD, "Hetzner", AMD64_ALONE, "raw.xz", DISK, CLOUD + "hetzner"),
          of(Platform.ORACLE, "Oracle Cloud", BOTH, "qcow2", DISK, CLOUD + "oracle"),
          of(Platform.UPCLOUD, "UpCloud", AMD64_ALONE, "raw.xz", DISK, CLOUD + "upcloud"),
          of(
              Platform.VULTR,
              "Vultr",
              AMD64_ALONE,
              "",
              List.of(Boot.ISO, Boot.PXE),
              CLOUD + "vultr"),
          of(Platform.EXOSCALE, "Exoscale", BOTH, "qcow2", DISK, CLOUD + "exoscale").since("1.3.0"),
          of(Platform.OPENNEBULA, "OpenNebula", BOTH, "raw.zst", DISK_ISO, VIRTUAL + "opennebula")
              .since("1.7.0"),
          of(Platform.SCALEWAY, "Scaleway", BOTH, "raw.zst", DISK_ISO, CLOUD + "scaleway"),
          of(Platform.ALIBABACLOUD, "Alibaba Cloud", BOTH, "qcow2", DISK, CLOUD + "alibabacloud")
              .since("1.14.0-beta.2"));

  public PlatformOffer {
    architectures = List.copyOf(architectures);
    disks = List.copyOf(disks);
    boots = List.copyOf(boots);
  }

  /// Those that a version has, in the order in which they are shown.
  public static List<PlatformOffer> in(TalosVersion version) {
    return OFFERS.stream().filter(offer -> offer.isIn(version)).toList();
  }

  /// That of one platform; `container` has none, as it boots nothing.
  public static Optional<PlatformOffer> of(Platform platform) {
    return OFFERS.stream().filter(offer -> offer.platform == platform).findFirst();
  }

  private boolean isIn(TalosVersion version) {
    return since.filter(first -> version.compareTo(first) < 0).isEmpty();
  }

  private static PlatformOffer of(
      Platform platform,
      String title,
      List<Architecture> architectures,
      String disks,
      List<Boot> boots,
      String guide) {
    List<String> suffixes = Stream.of(disks.split(" ", -1)).filter(s -> !s.isEmpty()).toList();
    return new PlatformOffer(
        platform, title, architectures, suffixes, boots, false, Optional.empty(), guide);
  }

  private PlatformOffer withSecureBoot() {
    return new PlatformOffer(platform, title, architectures, disks, boots, true, since, guide);
  }

  private PlatformOffer since(String version) {
    return new PlatformOffer(
        platform,
        title,
        architectures,
        disks,
        boots,
        secureBoot,
        TalosVersion.parse(version),
        guide);
  }
}
