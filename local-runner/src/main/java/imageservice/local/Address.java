package imageservice.local;

import java.net.URI;

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

  /// An address without a path: links are signed for host and path, so clients must send both as
  /// they were signed.
  static URI host(String option, String text) throws CommandException {
    if (!text.matches("https?://[A-Za-z0-9.:\\[\\]-]+/?")) {
      throw new CommandException(
          option
              + " "
              + text
              + ": not a host's address; give one such as http://images.example.com:9000");
    }
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }
}
