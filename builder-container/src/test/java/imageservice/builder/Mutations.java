package imageservice.builder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Changes that break documents, repeatable by their seed.
public final class Mutations {
  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /// True once in `count` times.
  public synchronized boolean isOneOf(int count) {
    return random.nextInt(count) == 0;
  }

  public byte[] mutated(String text) {
    return mutated(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sometimes unchanged; else a few bytes changed, or a part cut out, doubled or cut off.
  public synchronized byte[] mutated(byte[] content) {
    byte[] changed = content.clone();
    int at = random.nextInt(changed.length);
    int end = at + random.nextInt(Math.min(600, changed.length - at));
    return switch (random.nextInt(6)) {
      case 0 -> changed;
      case 1 -> Arrays.copyOf(changed, at);
      case 2 -> joined(changed, at, end);
      case 3 -> joined(changed, end, at);
      default -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          changed[random.nextInt(changed.length)] = interesting();
        }
        yield changed;
      }
    };
  }

  private byte interesting() {
    byte[] bytes = "0123456789{}[]\":,./-\0\177lLxgKSV".getBytes(StandardCharsets.ISO_8859_1);
    return random.nextBoolean() ? bytes[random.nextInt(bytes.length)] : (byte) random.nextInt(256);
  }

  /// The content up to `end`, and from `from` on.
  private static byte[] joined(byte[] content, int end, int from) {
    byte[] joined = Arrays.copyOf(content, end + content.length - from);
    System.arraycopy(content, from, joined, end, content.length - from);
    return joined;
  }
}
