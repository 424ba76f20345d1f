package imageservice.configuration;

/// A person's customisation of Talos boot media: the document that gets an id.
///
/// Absent and empty are one meaning, as in the document: an absent text is `""`.
///
/// @param owner who the configuration belongs to, or `""` for everybody
public record Configuration(String owner, Overlay overlay, Customization customization) {
  /// The configuration that changes nothing.
  public static final Configuration EMPTY = new Configuration("", Overlay.NONE, Customization.NONE);

  public Configuration {
    WellFormed.require(owner);
  }
}
