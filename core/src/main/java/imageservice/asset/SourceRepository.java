package imageservice.asset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// An image of the source that the registry passes on; its text is its name there, such as
/// `installer-base`.
public enum SourceRepository {
  INSTALLER_BASE,
  INSTALLER,
  IMAGER,
  EXTENSIONS,
  OVERLAYS,
  TALOSCTL_ALL;

  /// What stands before it in the registry.
  public static final String NAMESPACE = "siderolabs";

  public static Optional<SourceRepository> parse(String name) {
    return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
  }

  /// The repository's name in the registry.
  public String path() {
    return NAMESPACE + "/" + this;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
