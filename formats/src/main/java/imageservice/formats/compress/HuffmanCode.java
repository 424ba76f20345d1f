package imageservice.formats.compress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    List<Bundle> symbols = new ArrayList<>();
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      if (frequencies[symbol] > 0) {
        symbols.add(new Symbol(frequencies[symbol], symbol));
      }
    }
    symbols.sort(Comparator.comparingLong(Bundle::weight)); // is stable
    if (symbols.size() == 1) {
      symbols.getFirst().count(lengths);
      return new HuffmanCode(lengths);
    }
    List<Bundle> bundles = symbols;
    for (int i = 1; i < limit; i++) {
      bundles = merge(symbols, pairs(bundles));
    }
    bundles.stream()
        .limit(Math.max(0, 2L * symbols.size() - 2))
        .forEach(each -> each.count(lengths));
    return new HuffmanCode(lengths);
  }

  /// Symbols that get one bit more together.
  private sealed interface Bundle {
    long weight();

    void count(int[] lengths);
  }

  private record Symbol(long weight, int symbol) implements Bundle {
    @Override
    public void count(int[] lengths) {
      lengths[symbol]++;
    }
  }

  private record Pair(long weight, Bundle left, Bundle right) implements Bundle {
    @Override
    public void count(int[] lengths) {
      left.count(lengths);
      right.count(lengths);
    }
  }

  private static List<Bundle> pairs(List<Bundle> bundles) {
    List<Bundle> pairs = new ArrayList<>(bundles.size() / 2);
    for (int i = 0; i + 1 < bundles.size(); i += 2) {
      Bundle left = bundles.get(i);
      Bundle right = bundles.get(i + 1);
      pairs.add(new Pair(left.weight() + right.weight(), left, right));
    }
    return pairs;
  }

  /// Two ascending lists as one; of equals the symbol comes first.
  private static List<Bundle> merge(List<Bundle> symbols, List<Bundle> pairs) {
    List<Bundle> merged = new ArrayList<>(symbols.size() + pairs.size());
    int next = 0;
    for (Bundle symbol : symbols) {
      while (next < pairs.size() && pairs.get(next).weight() < symbol.weight()) {
        merged.add(pairs.get(next++));
      }
      merged.add(symbol);
    }
    merged.addAll(pairs.subList(next, pairs.size()));
    return merged;
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
