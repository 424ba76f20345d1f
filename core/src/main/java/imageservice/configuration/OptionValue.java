package imageservice.configuration;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A free-form value inside `overlay.options`, typed as YAML's core rules type it
/// (docs/configuration.md 1.3, 1.6).
public sealed interface OptionValue {
  /// A value without parts. Scalars may be keys, too.
  sealed interface Scalar extends OptionValue {}

  /// Nothing: `null`.
  record Null() implements Scalar {}

  record Bool(boolean value) implements Scalar {}

  /// An integer.
  ///
  /// @param value from -2^63 to 2^64-1; numbers beyond are [Real]
  record Whole(BigInteger value) implements Scalar {
    static final BigInteger MIN = BigInteger.ONE.shiftLeft(63).negate();
    static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    public Whole {
      if (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
        throw new IllegalArgumentException("beyond 64 bits: " + value);
      }
    }
  }

  /// The integer `-0`, which the oldest dialect writes as `0` and the others as `-0`.
  record MinusZero() implements Scalar {}

  /// A number that is not written as an integer; [#number] decides.
  record Real(double value) implements Scalar {
    public Real {
      if (isWrittenWhole(value)) {
        throw new IllegalArgumentException("written as an integer, so a Whole: " + value);
      }
    }
  }

  record Timestamp(TimestampText value) implements Scalar {}

  record Text(String value) implements Scalar {
    public Text {
      WellFormed.require(value);
    }
  }

  record Sequence(List<OptionValue> items) implements OptionValue {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// Values by key.
  ///
  /// @param entries in canonical order, whatever order they came in. No two keys are written alike
  record Mapping(SequencedMap<Scalar, OptionValue> entries) implements OptionValue {
    public static final Mapping EMPTY = new Mapping(new LinkedHashMap<>());

    public Mapping {
      entries = KeyOrder.sorted(entries);
    }

    public static Mapping of(Map<Scalar, OptionValue> entries) {
      return new Mapping(new LinkedHashMap<>(entries));
    }
  }

  /// The one value for this number: whole numbers below 10^6 are written without an exponent or a
  /// point, so they are [Whole].
  static Scalar number(double value) {
    return isWrittenWhole(value) ? new Whole(BigInteger.valueOf((long) value)) : new Real(value);
  }

  private static boolean isWrittenWhole(double value) {
    boolean isMinusZero = value == 0 && 1 / value < 0;
    return Math.abs(value) < 1e6 && Math.rint(value) == value && !isMinusZero;
  }
}
