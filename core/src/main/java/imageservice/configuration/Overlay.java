package imageservice.configuration;

/// Board support laid over the installer and the disk image.
///
/// @param image repository of the overlay's container image, such as `siderolabs/sbc-raspberrypi`
/// @param name of the overlay inside the image
/// @param options free-form values for the overlay's installer; every key is a text
public record Overlay(String image, String name, OptionValue.Mapping options) {
  public static final Overlay NONE = new Overlay("", "", OptionValue.Mapping.EMPTY);

  public Overlay {
    WellFormed.require(image);
    WellFormed.require(name);
    for (OptionValue.Scalar key : options.entries().keySet()) {
      if (!(key instanceof OptionValue.Text)) {
        throw new IllegalArgumentException("not a text as key of an overlay option: " + key);
      }
    }
  }

  /// Whether the document leaves the overlay out.
  public boolean isNone() {
    return equals(NONE);
  }
}
