package imageservice.demo;

import imageservice.release.TalosVersion;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Versions that there can be a miniature release of.
public final class DemoVersions {
  /// Of the two kinds that there are: with GRUB alone, and with systemd-boot.
  public static final String STANDARD = "v1.9.5,v1.13.2";

  private static final TalosVersion FIRST = TalosVersion.of(1, 2, 0);
  private static final int LAST_MINOR = 14;
  private static final String THERE =
      "there are v1.2.0 to v1.%d.x, such as %s"
          .formatted(LAST_MINOR, STANDARD.replace(",", " and "));

  private DemoVersions() {}

  /// The versions of a list with commas, ascending.
  ///
  /// @throws IllegalArgumentException where one is none, or there can be no release of it; the
  ///   message names it and says what there is
  public static List<TalosVersion> parse(String list) {
    TreeSet<TalosVersion> versions = new TreeSet<>();
    for (String each : list.split(",", -1)) {
      versions.add(version(each.strip()));
    }
    return List.copyOf(versions);
  }

  private static TalosVersion version(String text) {
    Optional<TalosVersion> version = TalosVersion.parse(text);
    if (version.isEmpty() || !version.get().build().isEmpty()) {
      throw new IllegalArgumentException(
          "\"%s\" is no version of Talos: %s".formatted(text, THERE));
    }
    TalosVersion found = version.get();
    if (found.compareTo(FIRST) < 0 || found.major() > 1 || found.minor() > LAST_MINOR) {
      throw new IllegalArgumentException("no release %s: %s".formatted(found, THERE));
    }
    return found;
  }
}
