package imageservice.configuration;

/// Natural order of texts as the canonical text wants it: `item9` before `item10`
/// (docs/configuration.md 1.4, key order).
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i] != b[i]) {
        return compareFrom(i, a, b);
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static int compareFrom(int at, int[] a, int[] b) {
    boolean aIsLetter = Character.isLetter(a[at]);
    boolean bIsLetter = Character.isLetter(b[at]);
    if (aIsLetter && bIsLetter) {
      return Integer.compare(a[at], b[at]);
    }
    if (aIsLetter || bIsLetter) {
      boolean letterFirst = at > 0 && Character.isDigit(a[at - 1]);
      return aIsLetter == letterFirst ? -1 : 1;
    }
    return compareDigits(at, a, b);
  }

  private static int compareDigits(int at, int[] a, int[] b) {
    long start = (a[at] == '0' || b[at] == '0') && followsNumber(at, a) ? 1 : 0;
    int byNumber = Long.compare(number(start, at, a), number(start, at, b));
    if (byNumber != 0) {
      return byNumber;
    }
    int byLength = Integer.compare(endOfDigits(at, a), endOfDigits(at, b));
    return byLength != 0 ? byLength : Integer.compare(a[at], b[at]);
  }

  /// Whether the digits just before are a number other than zero, so that a zero here counts.
  private static boolean followsNumber(int at, int[] runes) {
    for (int i = at - 1; i >= 0 && Character.isDigit(runes[i]); i--) {
      if (runes[i] != '0') {
        return true;
      }
    }
    return false;
  }

  /// Wraps around beyond 64 bits: part of the order.
  private static long number(long start, int at, int[] runes) {
    long number = start;
    for (int i = at; i < endOfDigits(at, runes); i++) {
      number = number * 10 + (runes[i] - '0');
    }
    return number;
  }

  private static int endOfDigits(int at, int[] runes) {
    int end = at;
    while (end < runes.length && Character.isDigit(runes[end])) {
      end++;
    }
    return end;
  }
}
