package imageservice.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// The credentials that links to the local object store are signed with. Made once and kept in a
/// file, so that links outlive a restart.
///
/// @param secret in hex digits
record Credentials(String user, String secret) {
  private static final String USER = "IMAGESERVICELOCAL";
  private static final int SECRET_BYTES = 20;

  /// The credentials in the file; where it is missing, new ones, written into it for this user
  /// alone.
  static Credentials load(Path file) throws CommandException {
    try {
      return Files.exists(file) ? read(file) : create(file);
    } catch (IOException e) {
      throw new CommandException(
          "the credentials file " + file + " cannot be used: " + Reason.of(e));
    }
  }

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }

  private static Credentials read(Path file) throws IOException, CommandException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != 1 || !lines.getFirst().matches("[0-9a-f]{" + 2 * SECRET_BYTES + "}")) {
      throw new CommandException(
          "the credentials file " + file + " is damaged; remove it to get new ones");
    }
    return new Credentials(USER, lines.getFirst());
  }

  private static Credentials create(Path file) throws IOException {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    String hex = HexFormat.of().formatHex(secret);
    Path incoming = file.resolveSibling(file.getFileName() + ".incoming");
    Files.deleteIfExists(incoming);
    Files.createFile(
        incoming,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(incoming, (hex + "\n").getBytes(StandardCharsets.US_ASCII));
    Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
    return new Credentials(USER, hex);
  }
}
