package imageservice.formats.iso9660;

import java.nio.charset.StandardCharsets;

/// What the primary volume descriptor says about the volume (ECMA-119 8.4). Identifiers are
/// printable ASCII, wider than the standard's d-characters, as every writer in use allows.
///
/// @param epochSeconds creation and modification of the volume and all dates of its files
public record IsoVolume(
    String volumeId,
    String volumeSetId,
    String publisherId,
    String preparerId,
    String applicationId,
    long epochSeconds) {
  public IsoVolume {
    require("volume identifier", volumeId, 32);
    require("volume set identifier", volumeSetId, 128);
    require("publisher identifier", publisherId, 128);
    require("data preparer identifier", preparerId, 128);
    require("application identifier", applicationId, 128);
    IsoDate.requireRange(epochSeconds);
  }

  private static void require(String field, String value, int limit) {
    if (value.length() > limit
        || !StandardCharsets.US_ASCII.newEncoder().canEncode(value)
        || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "%s \"%s\" is not printable ASCII of at most %d characters"
              .formatted(field, value, limit));
    }
  }
}
