package imageservice.configuration;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// The order of keys in free-form mappings (docs/configuration.md 1.4, 1.6): numbers and booleans
/// by value, null, texts in natural order, then timestamps.
final class KeyOrder implements Comparator<OptionValue.Scalar> {
  private KeyOrder() {}

  /// The same entries in canonical order.
  ///
  /// Natural order is not transitive for long runs of digits. Hence the two steps: the tree takes
  /// keys in a total order, so its answer is the same every time and no sort can object.
  static SequencedMap<OptionValue.Scalar, OptionValue> sorted(
      Map<OptionValue.Scalar, OptionValue> entries) {
    requireDistinctTexts(entries.keySet());
    var ordered = new TreeMap<OptionValue.Scalar, OptionValue>(new KeyOrder());
    entries.keySet().stream()
        .sorted(Comparator.comparing(ScalarText::of))
        .forEach(key -> ordered.put(key, entries.getOrDefault(key, new OptionValue.Null())));
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ordered));
  }

  private static void requireDistinctTexts(Set<OptionValue.Scalar> keys) {
    var texts = new HashSet<String>();
    for (OptionValue.Scalar key : keys) {
      if (!texts.add(ScalarText.of(key))) {
        throw new IllegalArgumentException("two keys are written alike: " + ScalarText.of(key));
      }
    }
  }

  @Override
  public int compare(OptionValue.Scalar left, OptionValue.Scalar right) {
    if (left instanceof OptionValue.Text(String a) && right instanceof OptionValue.Text(String b)) {
      return NaturalOrder.compare(a, b);
    }
    if (left instanceof OptionValue.Timestamp(TimestampText a)
        && right instanceof OptionValue.Timestamp(TimestampText b)) {
      return Comparator.comparing(KeyOrder::utc)
          .thenComparing(TimestampText::toString)
          .compare(a, b);
    }
    int byGroup = Integer.compare(group(left), group(right));
    return byGroup != 0 ? byGroup : compareNumbers(left, right);
  }

  private static LocalDateTime utc(TimestampText timestamp) {
    return timestamp.local().minusMinutes(timestamp.offsetMinutes());
  }

  private static int group(OptionValue.Scalar key) {
    return switch (key) {
      case OptionValue.Bool _, OptionValue.Whole _, OptionValue.MinusZero _, OptionValue.Real _ ->
          0;
      case OptionValue.Null _ -> 1;
      case OptionValue.Text _ -> 2;
      case OptionValue.Timestamp _ -> 3;
    };
  }

  private static int compareNumbers(OptionValue.Scalar left, OptionValue.Scalar right) {
    int byValue = Double.compare(approximate(left), approximate(right));
    if (byValue != 0) {
      return byValue;
    }
    int byExactValue = exact(left).compareTo(exact(right));
    return byExactValue != 0 ? byExactValue : Integer.compare(kind(left), kind(right));
  }

  private static double approximate(OptionValue.Scalar key) {
    return key instanceof OptionValue.Real(double value) ? value + 0.0 : exact(key).doubleValue();
  }

  private static BigDecimal exact(OptionValue.Scalar key) {
    return switch (key) {
      case OptionValue.Bool(boolean value) -> value ? BigDecimal.ONE : BigDecimal.ZERO;
      case OptionValue.Whole(var value) -> new BigDecimal(value);
      case OptionValue.Real(double value) when Double.isFinite(value) -> new BigDecimal(value);
      case OptionValue.Real _,
          OptionValue.MinusZero _,
          OptionValue.Timestamp _,
          OptionValue.Null _,
          OptionValue.Text _ ->
          BigDecimal.ZERO;
    };
  }

  private static int kind(OptionValue.Scalar key) {
    return switch (key) {
      case OptionValue.Bool _ -> 0;
      case OptionValue.Whole _ -> 1;
      case OptionValue.MinusZero _ -> 2;
      case OptionValue.Real _, OptionValue.Timestamp _, OptionValue.Null _, OptionValue.Text _ -> 3;
    };
  }
}
