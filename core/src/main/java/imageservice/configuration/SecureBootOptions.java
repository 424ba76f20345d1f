package imageservice.configuration;

/// What a configuration says of secure boot.
///
/// @param enrollKeys `off`, `manual`, `if-safe` or `force`, or `""` for the default; any other text
///   gets an id too and is refused when something is built
/// @param includeWellKnownCertificates whether Microsoft's certificates are enrolled beside ours
public record SecureBootOptions(String enrollKeys, boolean includeWellKnownCertificates) {
  public static final SecureBootOptions DEFAULTS = new SecureBootOptions("", false);

  public SecureBootOptions {
    WellFormed.require(enrollKeys);
  }
}
