package imageservice.text;

import java.util.regex.Pattern;

/// Text that others wrote (clients, registries, images, programs) as messages show it: in one line,
/// cut, and without characters that command a terminal or change the order of a line.
public final class Shown {
  /// Unicode's general categories: controls, formats such as the marks of direction, lone
  /// surrogates, separators of lines and paragraphs.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Shown() {}

  /// @param most characters that are shown; `…` follows them where there are more
  public static String of(String text, int most) {
    int end =
        text.codePointCount(0, text.length()) <= most
            ? text.length()
            : text.offsetByCodePoints(0, most);
    String printable = UNPRINTABLE.matcher(text.substring(0, end)).replaceAll("?");
    return end < text.length() ? printable + "…" : printable;
  }
}
