package imageservice.configuration;

/// A value for Talos's META partition.
///
/// @param key 0..255
public record MetaValue(int key, String value) {
  /// The greatest key: META keys are one byte.
  public static final int MAX_KEY = 255;

  public MetaValue {
    if (key < 0 || key > MAX_KEY) {
      throw new IllegalArgumentException("not a META key (0..255): " + key);
    }
    WellFormed.require(value);
  }
}
