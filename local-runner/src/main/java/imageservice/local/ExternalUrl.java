package imageservice.local;

/// The value of `--external-url`.
final class ExternalUrl {
  private ExternalUrl() {}

  /// The address with a final slash, as it is written into assets.
  static String parse(String text) throws CommandException {
    if (!text.matches("https?://[^\\s/]+(/\\S*)?")) {
      throw new CommandException(
          "--external-url "
              + text
              + ": not an address; give one such as https://images.example.com/");
    }
    return text.endsWith("/") ? text : text + "/";
  }
}
