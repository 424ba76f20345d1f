package imageservice.local;

/// Parses the value of an option that takes an address.
final class Address {
  private Address() {}

  /// The address with a final slash, as it is written into assets.
  static String parse(String option, String text) throws CommandException {
    if (!text.matches("https?://[^\\s/]+(/\\S*)?")) {
      throw new CommandException(
          option + " " + text + ": not an address; give one such as https://images.example.com/");
    }
    return text.endsWith("/") ? text : text + "/";
  }
}
