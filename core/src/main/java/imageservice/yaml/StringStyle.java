package imageservice.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/// How a text is written: as plainly as it can be read back (docs/configuration.md 1.4, strings).
enum StringStyle {
  PLAIN,
  SINGLE,
  DOUBLE,
  LITERAL;

  /// Texts that YAML 1.1 takes for booleans.
  private static final Set<String> OLD_BOOLEANS =
      Set.of(
          "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off",
          "OFF");

  /// The parts of numbers of base 60, which YAML 1.1 has: `12:30`, `1:2:3.5`. Matched one by one,
  /// since a repeated group takes stack for every repetition.
  private static final Pattern BASE_60_FIRST = Pattern.compile("[-+]?[0-9][0-9_]*");

  private static final Pattern BASE_60_DIGIT = Pattern.compile("[0-5]?[0-9]");
  private static final Pattern BASE_60_LAST = Pattern.compile("[0-5]?[0-9](\\.[0-9_]*)?");

  private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

  static StringStyle of(String text, YamlStyle style) {
    return switch (wanted(text, style)) {
      case LITERAL -> allowsLiteral(text) ? LITERAL : DOUBLE;
      case PLAIN -> allowsPlain(text) ? PLAIN : quoted(text);
      case SINGLE -> quoted(text);
      case DOUBLE -> DOUBLE;
    };
  }

  private static StringStyle quoted(String text) {
    return allowsSingle(text) ? SINGLE : DOUBLE;
  }

  private static StringStyle wanted(String text, YamlStyle style) {
    if (text.indexOf('\n') >= 0) {
      return isBlank(text) && !style.writesBlankLiterals() ? DOUBLE : LITERAL;
    }
    if (isForced(text, style)) {
      return style.quotesOldBooleansSingly() ? SINGLE : DOUBLE;
    }
    return style.readsAsText(text) ? PLAIN : DOUBLE;
  }

  private static boolean isBlank(String text) {
    return text.getBytes(UTF_8).length < 2 || text.codePoints().allMatch(Runes::isWhiteSpace);
  }

  private static boolean isForced(String text, YamlStyle style) {
    return OLD_BOOLEANS.contains(text)
        || isBase60(text)
        || (text.equals("<<") && style.quotesMergeKeys());
  }

  private static boolean isBase60(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || !BASE_60_FIRST.matcher(text.substring(0, colon)).matches()) {
      return false;
    }
    String[] parts = text.substring(colon + 1).split(":", -1);
    return BASE_60_LAST.matcher(parts[parts.length - 1]).matches()
        && Arrays.stream(parts, 0, parts.length - 1)
            .allMatch(part -> BASE_60_DIGIT.matcher(part).matches());
  }

  private static boolean allowsPlain(String text) {
    int last = text.codePointBefore(text.length());
    return text.codePointAt(0) != ' '
        && last != ' '
        && text.codePoints().noneMatch(Runes::isBreak)
        && allowsSingle(text)
        && !startsLikeSyntax(text)
        && !holdsSyntax(text);
  }

  private static boolean startsLikeSyntax(String text) {
    int first = text.codePointAt(0);
    return INDICATORS.indexOf(first) >= 0
        || text.startsWith("---")
        || text.startsWith("...")
        || ("-?:".indexOf(first) >= 0 && isBlankAt(text, 1));
  }

  private static boolean holdsSyntax(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == ':' && isBlankAt(text, i + 1);
      if (ends || (c == '#' && isBlankAt(text, i - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlankAt(String text, int index) {
    return index == text.length() || Runes.isBlankOrBreak(text.charAt(index));
  }

  private static boolean allowsSingle(String text) {
    return text.indexOf('\t') < 0
        && text.codePoints().allMatch(Runes::isPrintable)
        && !hasSpaceAtBreak(text, true);
  }

  private static boolean allowsLiteral(String text) {
    return text.codePoints().allMatch(rune -> rune == '\t' || Runes.isPrintable(rune))
        && !text.endsWith(" ")
        && !hasSpaceAtBreak(text, false);
  }

  /// Whether a space is just before a line break or, with `after`, just after one.
  private static boolean hasSpaceAtBreak(String text, boolean after) {
    for (int i = 1; i < text.length(); i++) {
      char left = text.charAt(i - 1);
      char right = text.charAt(i);
      if ((left == ' ' && Runes.isBreak(right)) || (after && Runes.isBreak(left) && right == ' ')) {
        return true;
      }
    }
    return false;
  }
}
