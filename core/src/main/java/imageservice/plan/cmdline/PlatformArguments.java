package imageservice.plan.cmdline;

import imageservice.asset.Architecture;
import imageservice.asset.Platform;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;

/// The kernel arguments of platforms, by architecture and release.
final class PlatformArguments {
  private static final String CLOUD = "console=tty1 console=ttyS0 net.ifnames=0";
  private static final String NO_DASHBOARD = " talos.dashboard.disabled=1";
  private static final String NO_KEXEC = " sysctl.kernel.kexec_load_disabled=1";

  private PlatformArguments() {}

  static String of(Platform platform, Architecture architecture, TalosVersion version) {
    return switch (platform) {
      case METAL -> metal(architecture, version);
      case AWS ->
          Capability.NVME_TIMEOUT_EVERYWHERE.in(version)
              ? CLOUD
              : CLOUD + " " + CommandLine.NVME_TIMEOUT;
      case GCP -> "console=ttyS0 net.ifnames=0" + NO_DASHBOARD + NO_KEXEC;
      case AZURE ->
          "console=ttyS0,115200n8 earlyprintk=ttyS0,115200 rootdelay=300 net.ifnames=0"
              + NO_DASHBOARD
              + NO_KEXEC;
      case VMWARE ->
          switch (architecture) {
            case AMD64 ->
                "talos.config=guestinfo console=tty0 console=ttyS0 earlyprintk=ttyS0,115200 net.ifnames=0";
            case ARM64 -> "talos.config=guestinfo console=tty0 console=ttyAMA0 net.ifnames=0";
          };
      case NOCLOUD, OPENSTACK, CLOUDSTACK, HCLOUD, EXOSCALE, OPENNEBULA, ALIBABACLOUD -> CLOUD;
      case ORACLE, SCALEWAY -> CLOUD + NO_DASHBOARD;
      case AKAMAI, DIGITAL_OCEAN -> "console=ttyS0 console=tty0 console=tty1 net.ifnames=0";
      case EQUINIX_METAL ->
          switch (architecture) {
            case AMD64 -> "console=ttyS1,115200n8";
            case ARM64 -> "console=ttyAMA0,115200";
          };
      case UPCLOUD, VULTR -> "net.ifnames=0";
      case CONTAINER -> "";
    };
  }

  private static String metal(Architecture architecture, TalosVersion version) {
    return switch (architecture) {
      case AMD64 ->
          Capability.METAL_SERIAL_CONSOLE.in(version)
              ? "console=ttyS0 console=tty0"
              : "console=tty0";
      case ARM64 -> "console=ttyAMA0 console=tty0";
    };
  }
}
