package imageservice.asset;

import java.util.Locale;

/// The machine architectures for which Talos is built, by their OCI names.
public enum Architecture {
  AMD64,
  ARM64;

  /// The name in asset names and OCI platforms.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
