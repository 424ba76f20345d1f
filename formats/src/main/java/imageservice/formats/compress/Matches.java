package imageservice.formats.compress;

import java.util.Arrays;

/// Content as literals and references to what is before them: RFC 1951, section 2. At each position
/// the longest match of few earlier places is taken, of several the nearest.
final class Matches {
  static final int LONGEST = 258;

  /// Earlier places with the same hash that are tried: for a medium, and for a text of which every
  /// byte counts.
  static final int FEW = 1;

  static final int MANY = 32;

  /// Marks a match; a literal is its byte.
  private static final int MATCH = 1 << 31;

  private final byte[] content;
  private final EarlierPlaces places;
  private final int[] candidates;

  private Matches(byte[] content, int tries) {
    this.content = content;
    this.candidates = new int[tries];
    this.places = new EarlierPlaces(content);
  }

  /// The steps through a content, in order.
  ///
  /// @param tries [#FEW] or [#MANY]
  static int[] of(byte[] content, int tries) {
    Matches matches = new Matches(content, tries);
    int[] steps = new int[content.length];
    int count = 0;
    for (int position = 0; position < content.length; count++) {
      steps[count] = matches.step(position);
      int end = position + (isMatch(steps[count]) ? length(steps[count]) : 1);
      for (position++; position < end; position++) {
        matches.places.enter(position);
      }
    }
    return Arrays.copyOf(steps, count);
  }

  static boolean isMatch(int step) {
    return step < 0;
  }

  /// Bytes of a match.
  static int length(int match) {
    return (match >> 16) & 0x1FF;
  }

  /// How far a match's content is before it, less one.
  static int distanceLessOne(int match) {
    return match & 0xFFFF;
  }

  private int step(int position) {
    int count = places.find(position, candidates);
    int length = 0;
    int distance = 0;
    for (int i = 0; i < count && length < LONGEST; i++) {
      int common = common(candidates[i], position, length);
      if (common > length) {
        length = common;
        distance = position - candidates[i];
      }
    }
    return length >= EarlierPlaces.MIN_MATCH
        ? MATCH | (length << 16) | (distance - 1)
        : content[position] & 0xFF;
  }

  /// How many bytes two places have in common; 0 where they are no more than `least`.
  private int common(int earlier, int later, int least) {
    int end = Math.min(content.length, later + LONGEST);
    if (later + least >= end || content[earlier + least] != content[later + least]) {
      return 0;
    }
    int at = Arrays.mismatch(content, earlier, earlier + end - later, content, later, end);
    return at < 0 ? end - later : at;
  }
}
