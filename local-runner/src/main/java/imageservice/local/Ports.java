package imageservice.local;

/// Checks the options that take a TCP port.
final class Ports {
  private Ports() {}

  static void require(String option, int port) throws CommandException {
    if (port < 0 || port > 0xFFFF) {
      throw new CommandException(option + " " + port + ": there are ports 0 to 65535");
    }
  }
}
