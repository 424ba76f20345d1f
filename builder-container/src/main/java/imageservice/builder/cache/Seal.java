package imageservice.builder.cache;

import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What shows that a small file is as it was written: its first line, which is the SHA-256, in hex,
/// of the file's name, a line feed and all that follows that line.
final class Seal {
  private static final int LENGTH = 64 + 1;

  private Seal() {}

  /// Bytes of a file with this content.
  static int size(byte[] content) {
    return Math.addExact(LENGTH, content.length);
  }

  /// @param name path of the file below the cache's folder
  static byte[] put(String name, byte[] content) {
    byte[] seal = of(name, content).getBytes(StandardCharsets.US_ASCII);
    return concatenation(seal, content);
  }

  /// The content of a file, where its seal is right.
  static Optional<byte[]> open(String name, byte[] file) {
    if (file.length < LENGTH) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(file, LENGTH, file.length);
    return Arrays.equals(file, put(name, content)) ? Optional.of(content) : Optional.empty();
  }

  private static String of(String name, byte[] content) {
    byte[] line = (name + "\n").getBytes(StandardCharsets.UTF_8);
    return Digest.of(concatenation(line, content)).hex() + "\n";
  }

  private static byte[] concatenation(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
