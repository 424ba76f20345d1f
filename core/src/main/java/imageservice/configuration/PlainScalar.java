package imageservice.configuration;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an unquoted scalar means: the rules of reading, and, as a text that would mean something
/// else must be quoted, the rules of writing (docs/configuration.md 1.3, 1.4).
///
/// @param tag the type as refusals name it
record PlainScalar(String tag, OptionValue.Scalar value) {
  static final String TEXT_TAG = "!!str";
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /// An underscore that is not between two digits.
  private static final Pattern LOOSE_UNDERSCORE = Pattern.compile("(?<![0-9])_|_(?![0-9])");

  private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]+");

  /// More digits than any 64-bit number has, in base 2.
  private static final int MAX_DIGITS = 64;

  static PlainScalar resolve(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> new PlainScalar("!!null", new OptionValue.Null());
      case "true", "True", "TRUE" -> new PlainScalar("!!bool", new OptionValue.Bool(true));
      case "false", "False", "FALSE" -> new PlainScalar("!!bool", new OptionValue.Bool(false));
      case ".nan", ".NaN", ".NAN" -> real(Double.NaN);
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> real(Double.POSITIVE_INFINITY);
      case "-.inf", "-.Inf", "-.INF" -> real(Double.NEGATIVE_INFINITY);
      case "-0" -> new PlainScalar("!!float", new OptionValue.MinusZero());
      default -> mayBeNumber(text) ? numberOrTimestamp(text) : text(text);
    };
  }

  static PlainScalar text(String text) {
    return new PlainScalar(TEXT_TAG, new OptionValue.Text(text));
  }

  /// Whether a plain scalar with this text is read as a text.
  static boolean isText(String text) {
    return resolve(text).value() instanceof OptionValue.Text;
  }

  private static boolean mayBeNumber(String text) {
    return "+-.0123456789".indexOf(text.charAt(0)) >= 0;
  }

  private static PlainScalar numberOrTimestamp(String text) {
    Optional<TimestampText> timestamp = TimestampText.parse(text);
    if (timestamp.isPresent()) {
      return new PlainScalar("!!timestamp", new OptionValue.Timestamp(timestamp.get()));
    }
    String plain = text.replace("_", "");
    boolean isNumber = !text.startsWith(".") || !LOOSE_UNDERSCORE.matcher(text).find();
    return isNumber ? number(plain).orElseGet(() -> text(text)) : text(text);
  }

  private static Optional<PlainScalar> number(String plain) {
    Optional<BigInteger> integer = integer(plain);
    if (integer.isPresent()) {
      return Optional.of(new PlainScalar("!!int", new OptionValue.Whole(integer.get())));
    }
    return FLOAT.matcher(plain).matches() ? finite(Double.parseDouble(plain)) : Optional.empty();
  }

  private static Optional<PlainScalar> finite(double value) {
    return Double.isFinite(value) ? Optional.of(real(value)) : Optional.empty();
  }

  private static PlainScalar real(double value) {
    return new PlainScalar("!!float", OptionValue.number(value));
  }

  private static Optional<BigInteger> integer(String plain) {
    boolean signed = plain.startsWith("-") || plain.startsWith("+");
    String unsigned = signed ? plain.substring(1) : plain;
    int radix = radix(unsigned);
    return magnitude(unsigned.substring(prefixLength(unsigned)), radix)
        .map(magnitude -> plain.startsWith("-") ? magnitude.negate() : magnitude)
        .filter(value -> signed ? value.bitLength() < 64 : value.bitLength() <= 64);
  }

  private static int radix(String unsigned) {
    return switch (prefix(unsigned)) {
      case "0x", "0X" -> 16;
      case "0b", "0B" -> 2;
      case "0o", "0O" -> 8;
      default -> unsigned.startsWith("0") ? 8 : 10;
    };
  }

  private static int prefixLength(String unsigned) {
    return switch (prefix(unsigned)) {
      case "0x", "0X", "0b", "0B", "0o", "0O" -> 2;
      default -> 0;
    };
  }

  private static String prefix(String unsigned) {
    return unsigned.substring(0, Math.min(2, unsigned.length()));
  }

  private static Optional<BigInteger> magnitude(String digits, int radix) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    boolean isNumber =
        DIGITS.matcher(significant).matches()
            && significant.length() <= MAX_DIGITS
            && significant.chars().allMatch(digit -> Character.digit(digit, radix) >= 0);
    return isNumber ? Optional.of(new BigInteger(significant, radix)) : Optional.empty();
  }
}
