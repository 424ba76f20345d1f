package imageservice.plan;

import imageservice.release.TalosVersion;
import java.util.Locale;

/// The identifiers in an ISO's primary volume descriptor.
///
/// @param volumeId at most 32 characters of A-Z, 0-9 and _ (ECMA-119, 8.4.6)
/// @param volumeSetId empty for none (ECMA-119, 8.4.19)
public record VolumeLabel(String volumeId, String volumeSetId) {
  private static final int LONGEST = 32;

  /// xorriso's default identifiers.
  public static final VolumeLabel UNNAMED = new VolumeLabel("ISOIMAGE", "");

  static VolumeLabel of(TalosVersion version) {
    String set = "Talos-" + version;
    String id = set.toUpperCase(Locale.ROOT).replaceAll("[-._]", "_").replaceAll("[^A-Z0-9_]", "");
    return new VolumeLabel(id.substring(0, Math.min(id.length(), LONGEST)), set);
  }
}
