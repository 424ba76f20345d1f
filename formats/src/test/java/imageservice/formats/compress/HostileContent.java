package imageservice.formats.compress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Random;

/// Contents of the size of the longest texts that are accepted, in which a search for matches that
/// has no bound takes minutes.
enum HostileContent {
  /// Every fifth position has one hash, and what follows it is different each time.
  ONE_HASH,

  /// Two letters: each three bytes are there thousands of times in a window.
  TWO_LETTERS,

  /// Runs that end just before the longest match, each with another byte.
  NEARLY_LONGEST,

  /// One letter: all positions have one hash, and everything matches.
  ONE_LETTER;

  static final int LENGTH = 380_000;

  byte[] bytes() {
    Random random = new Random(LENGTH);
    StringBuilder text = new StringBuilder();
    while (text.length() < LENGTH) {
      text.append(
          switch (this) {
            case ONE_HASH -> "abc" + (char) random.nextInt(128) + (char) random.nextInt(128);
            case TWO_LETTERS -> random.nextBoolean() ? "a" : "b";
            case NEARLY_LONGEST -> "a".repeat(257) + (char) random.nextInt(128);
            case ONE_LETTER -> "a";
          });
    }
    return text.substring(0, LENGTH).getBytes(US_ASCII);
  }
}
