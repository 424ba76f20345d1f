package imageservice.configuration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Scalars as the canonical text spells them, before quotes (docs/configuration.md 1.4, numbers).
final class ScalarText {
  private static final int MAX_PLAIN_EXPONENT = 5;
  private static final int MIN_PLAIN_EXPONENT = -4;

  private ScalarText() {}

  static String of(OptionValue.Scalar scalar) {
    return switch (scalar) {
      case OptionValue.Null _ -> "null";
      case OptionValue.Bool(boolean value) -> Boolean.toString(value);
      case OptionValue.Whole(var value) -> value.toString();
      case OptionValue.MinusZero _ -> "-0";
      case OptionValue.Real(double value) -> real(value);
      case OptionValue.Timestamp(TimestampText value) -> value.toString();
      case OptionValue.Text(String value) -> value;
    };
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return ".nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? ".inf" : "-.inf";
    }
    return value == 0 ? "-0" : finite(value);
  }

  private static String finite(double value) {
    BigDecimal shortest = shortest(value).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    return exponent < MIN_PLAIN_EXPONENT || exponent > MAX_PLAIN_EXPONENT
        ? scientific(shortest, exponent)
        : shortest.toPlainString();
  }

  /// The fewest digits that read back as `value`. [Double#toString] gives two where one would do.
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value));
    BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return one.doubleValue() == value ? one : digits;
  }

  private static String scientific(BigDecimal value, int exponent) {
    String mantissa = value.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
