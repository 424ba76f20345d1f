package imageservice.formats.compress;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;

/// A Huffman code, which its lengths define: RFC 1951, section 3.2.2.
final class HuffmanCode {
  /// Bits of each symbol's code; 0 where a symbol has none.
  private final int[] lengths;

  /// The highest bit lowest, as codes are written.
  private final int[] codes;

  private HuffmanCode(int[] lengths) {
    this.lengths = lengths;
    this.codes = new int[lengths.length];
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    int code = 0;
    for (int length = 1; length <= longest; length++) {
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = Integer.reverse(code++) >>> (Integer.SIZE - length);
        }
      }
      code <<= 1;
    }
  }

  static HuffmanCode ofLengths(int... lengths) {
    return new HuffmanCode(lengths.clone());
  }

  /// The shortest code for symbols that occur so often, of at most `limit` bits each: package-merge
  /// (Larmore and Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990).
  /// Among equals the lower symbol is the rarer.
  static HuffmanCode ofFrequencies(int[] frequencies, int limit) {
    int[] lengths = new int[frequencies.length];
    int[] symbols = rarestFirst(frequencies);
    if (symbols.length == 1) {
      lengths[symbols[0]] = 1;
      return new HuffmanCode(lengths);
    }
    long[] weights = Arrays.stream(symbols).mapToLong(symbol -> frequencies[symbol]).toArray();
    Deque<Bundles> rounds = new ArrayDeque<>();
    rounds.push(Bundles.merged(weights, new long[0]));
    while (rounds.size() < limit) {
      rounds.push(Bundles.merged(weights, rounds.element().pairs()));
    }
    int taken = Math.max(0, 2 * symbols.length - 2);
    for (Bundles round : rounds) {
      int single = round.symbolsAmong(taken);
      for (int i = 0; i < single; i++) {
        lengths[symbols[i]]++;
      }
      taken = 2 * (taken - single);
    }
    return new HuffmanCode(lengths);
  }

  /// The symbols that occur.
  private static int[] rarestFirst(int[] frequencies) {
    return IntStream.range(0, frequencies.length)
        .filter(symbol -> frequencies[symbol] > 0)
        .mapToLong(symbol -> (long) frequencies[symbol] << Integer.SIZE | symbol)
        .sorted()
        .mapToInt(each -> (int) each)
        .toArray();
  }

  /// Symbols, and pairs of the bundles of the round before, that get one bit more together, the
  /// lightest first; of equals the symbol comes first.
  private static final class Bundles {
    private final long[] weights;

    /// Whether it is a symbol, of each; the others are pairs.
    private final boolean[] isSymbol;

    private Bundles(int count) {
      this.weights = new long[count];
      this.isSymbol = new boolean[count];
    }

    static Bundles merged(long[] symbols, long[] pairs) {
      Bundles merged = new Bundles(symbols.length + pairs.length);
      int symbol = 0;
      for (int i = 0; i < merged.weights.length; i++) {
        int pair = i - symbol;
        merged.isSymbol[i] =
            pair == pairs.length || (symbol < symbols.length && symbols[symbol] <= pairs[pair]);
        merged.weights[i] = merged.isSymbol[i] ? symbols[symbol++] : pairs[pair];
      }
      return merged;
    }

    long[] pairs() {
      long[] pairs = new long[weights.length / 2];
      for (int i = 0; i < pairs.length; i++) {
        pairs[i] = weights[2 * i] + weights[2 * i + 1];
      }
      return pairs;
    }

    /// How many of the lightest `count` bundles are symbols.
    int symbolsAmong(int count) {
      int symbols = 0;
      for (int i = 0; i < count; i++) {
        symbols += isSymbol[i] ? 1 : 0;
      }
      return symbols;
    }
  }

  int length(int symbol) {
    return lengths[symbol];
  }

  /// Number of the symbols up to the last that has a code.
  int symbols() {
    int count = lengths.length;
    while (count > 0 && lengths[count - 1] == 0) {
      count--;
    }
    return count;
  }

  /// Bits of symbols that occur so often.
  long bits(int[] frequencies) {
    long bits = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      bits += (long) frequencies[symbol] * lengths[symbol];
    }
    return bits;
  }

  void write(BitWriter out, int symbol) {
    out.number(codes[symbol], lengths[symbol]);
  }
}
