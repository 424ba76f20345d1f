package imageservice.functions.release;

import imageservice.release.TalosVersion;
import java.util.Optional;

/// Parses Talos versions in paths below `/talosctl`, where the patch number is optional: `1.11` is
/// v1.11.0.
public final class TolerantVersion {
  private TolerantVersion() {}

  public static Optional<TalosVersion> parse(String text) {
    return TalosVersion.parse(text.matches("v?[0-9]+\\.[0-9]+") ? text + ".0" : text);
  }
}
