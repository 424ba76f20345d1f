package imageservice.asset;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The platform that a machine runs on. Its text is the value of the kernel argument
/// `talos.platform` and the first part of asset names.
public enum Platform {
  METAL("metal"),
  AKAMAI("akamai"),
  ALIBABACLOUD("alibabacloud"),
  AWS("aws"),
  AZURE("azure"),
  CLOUDSTACK("cloudstack"),
  CONTAINER("container"),
  DIGITAL_OCEAN("digital-ocean"),
  EQUINIX_METAL("equinixMetal"),
  EXOSCALE("exoscale"),
  GCP("gcp"),
  HCLOUD("hcloud"),
  NOCLOUD("nocloud"),
  OPENNEBULA("opennebula"),
  OPENSTACK("openstack"),
  ORACLE("oracle"),
  SCALEWAY("scaleway"),
  UPCLOUD("upcloud"),
  VMWARE("vmware"),
  VULTR("vultr");

  private final String text;

  Platform(String text) {
    this.text = text;
  }

  /// The platform with this exact text; `packet`, the former one of Equinix Metal, counts as well.
  public static Optional<Platform> parse(String text) {
    if (text.equals("packet")) {
      return Optional.of(EQUINIX_METAL);
    }
    return Arrays.stream(values()).filter(platform -> platform.text.equals(text)).findFirst();
  }

  /// All platforms separated by commas, for messages.
  public static String known() {
    return Arrays.stream(values()).map(Platform::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
