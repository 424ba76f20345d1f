package imageservice.configuration;

import java.util.Locale;

/// The escapes `\L` (U+2028) and `\P` (U+2029) of double quotes (YAML 1.2, 5.7), which the parser
/// does not know and canonical texts have.
///
/// Before parsing nobody knows which backslashes are in double quotes. So each such escape is
/// hidden behind a character that the text has neither as itself nor escaped, and is revealed for
/// what it means once its scalar is known.
///
/// @param text with the escapes hidden
/// @param isHiding whether there were any; without, the stand-ins mean nothing
record SeparatorEscapes(String text, boolean isHiding, char line, char paragraph) {
  private static final char FIRST_PRIVATE_USE = '\uE000';
  private static final char LAST_PRIVATE_USE = '\uF8FF';

  static SeparatorEscapes hide(String text) throws InvalidConfigurationException {
    if (!text.contains("\\L") && !text.contains("\\P")) {
      return new SeparatorEscapes(text, false, FIRST_PRIVATE_USE, FIRST_PRIVATE_USE);
    }
    String upper = text.toUpperCase(Locale.ROOT);
    char line = absentFrom(upper, FIRST_PRIVATE_USE);
    char paragraph = absentFrom(upper, (char) (line + 1));
    return new SeparatorEscapes(hidden(text, line, paragraph), true, line, paragraph);
  }

  private static char absentFrom(String upper, char first) throws InvalidConfigurationException {
    for (char c = first; c <= LAST_PRIVATE_USE; c++) {
      if (upper.indexOf(c) < 0 && !upper.contains("%04X".formatted((int) c))) {
        return c;
      }
    }
    throw InvalidConfigurationException.malformed(
        "the document has too many characters for private use");
  }

  private static String hidden(String text, char line, char paragraph) {
    var hidden = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escapes = c == '\\' && i + 1 < text.length();
      char next = escapes ? text.charAt(i + 1) : c;
      if (escapes && (next == 'L' || next == 'P')) {
        hidden.append(next == 'L' ? line : paragraph);
        i++;
      } else if (escapes && next == '\\') {
        hidden.append("\\\\");
        i++;
      } else {
        hidden.append(c);
      }
    }
    return hidden.toString();
  }

  /// What a scalar of the hidden text says.
  String reveal(String scalar, boolean isDoubleQuoted) {
    if (!isHiding) {
      return scalar;
    }
    return scalar
        .replace(String.valueOf(line), isDoubleQuoted ? "\u2028" : "\\L")
        .replace(String.valueOf(paragraph), isDoubleQuoted ? "\u2029" : "\\P");
  }
}
