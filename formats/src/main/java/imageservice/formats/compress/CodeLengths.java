package imageservice.formats.compress;

import java.util.ArrayList;
import java.util.List;

/// How a block tells its two Huffman codes, by their lengths: RFC 1951, section 3.2.7.
///
/// @param literals number of literal and length codes
/// @param distances number of distance codes
/// @param code of the code lengths themselves
record CodeLengths(int literals, int distances, List<Run> runs, HuffmanCode code) {
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int FEWEST_LITERALS = 257;
  private static final int LONGEST_CODE = 7;
  private static final int COPY = 16; // of the length before, 3 to 6 times
  private static final int FEW_ZEROS = 17; // 3 to 10
  private static final int ZEROS = 18; // 11 to 138

  /// A code length, or some of the same.
  private record Run(int symbol, int extra, int bits) {
    static Run of(int length) {
      return new Run(length, 0, 0);
    }
  }

  static CodeLengths of(HuffmanCode literals, HuffmanCode distances) {
    int literalCount = Math.max(FEWEST_LITERALS, literals.symbols());
    int distanceCount = Math.max(1, distances.symbols());
    int[] lengths = new int[literalCount + distanceCount];
    for (int i = 0; i < literalCount; i++) {
      lengths[i] = literals.length(i);
    }
    for (int i = 0; i < distanceCount; i++) {
      lengths[literalCount + i] = distances.length(i);
    }
    List<Run> runs = runs(lengths);
    int[] frequencies = new int[ORDER.length];
    runs.forEach(run -> frequencies[run.symbol()]++);
    return new CodeLengths(
        literalCount, distanceCount, runs, HuffmanCode.ofFrequencies(frequencies, LONGEST_CODE));
  }

  private static List<Run> runs(int[] lengths) {
    List<Run> runs = new ArrayList<>();
    for (int from = 0; from < lengths.length; ) {
      int to = from + 1;
      while (to < lengths.length && lengths[to] == lengths[from]) {
        to++;
      }
      add(runs, lengths[from], to - from);
      from = to;
    }
    return runs;
  }

  private static void add(List<Run> runs, int length, int count) {
    int rest = count;
    if (length > 0) {
      runs.add(Run.of(length));
      rest--;
    }
    while (rest >= 3) {
      int taken = Math.min(rest, length > 0 ? 6 : 138);
      runs.add(
          length > 0
              ? new Run(COPY, taken - 3, 2)
              : taken < 11 ? new Run(FEW_ZEROS, taken - 3, 3) : new Run(ZEROS, taken - 11, 7));
      rest -= taken;
    }
    for (; rest > 0; rest--) {
      runs.add(Run.of(length));
    }
  }

  /// Bits of all of it.
  long bits() {
    long bits = 5 + 5 + 4 + 3L * told();
    for (Run run : runs) {
      bits += code.length(run.symbol()) + run.bits();
    }
    return bits;
  }

  void write(BitWriter out) {
    out.number(literals - FEWEST_LITERALS, 5);
    out.number(distances - 1, 5);
    out.number(told() - 4, 4);
    for (int i = 0; i < told(); i++) {
      out.number(code.length(ORDER[i]), 3);
    }
    for (Run run : runs) {
      code.write(out, run.symbol());
      out.number(run.extra(), run.bits());
    }
  }

  /// How many lengths of the code of code lengths are told.
  private int told() {
    int count = ORDER.length;
    while (count > 4 && code.length(ORDER[count - 1]) == 0) {
      count--;
    }
    return count;
  }
}
