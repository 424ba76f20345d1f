package imageservice.formats.fat;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An 8.3 name in capitals, without its dot and its padding.
record ShortName(String base, String extension) {
  private static final int BASE = 8;
  private static final int EXTENSION = 3;
  private static final String ALLOWED = "A-Z0-9$%'_@~`!(){}^#&-";
  private static final Pattern FITTING =
      Pattern.compile("[%s]{1,8}(\\.[%<s]{1,3})?".formatted(ALLOWED));
  private static final Pattern FOREIGN = Pattern.compile("[^" + ALLOWED + "]");

  /// The name itself in capitals, where that is an 8.3 name.
  static Optional<ShortName> exact(String name) {
    String capitals = capitals(name);
    if (!FITTING.matcher(capitals).matches()) {
      return Optional.empty();
    }
    int dot = capitals.indexOf('.');
    return Optional.of(
        dot < 0
            ? new ShortName(capitals, "")
            : new ShortName(capitals.substring(0, dot), capitals.substring(dot + 1)));
  }

  /// What is left of a longer name, for a number behind it to make it unique.
  static ShortName basis(String name) {
    String plain = capitals(name).replace(" ", "");
    int start = 0;
    while (start < plain.length() && plain.charAt(start) == '.') {
      start++;
    }
    int dot = plain.lastIndexOf('.');
    boolean hasExtension = dot > start;
    String base = plain.substring(start, hasExtension ? dot : plain.length()).replace(".", "");
    String extension = hasExtension ? plain.substring(dot + 1) : "";
    return new ShortName(translated(base, BASE), translated(extension, EXTENSION));
  }

  ShortName numbered(int number) {
    String tail = "~" + number;
    int kept = Math.min(base.length(), BASE - tail.length());
    return new ShortName(base.substring(0, kept) + tail, extension);
  }

  /// 11 characters, as a directory entry holds them.
  String padded() {
    return base + " ".repeat(BASE - base.length()) + extension;
  }

  /// What ties long name entries to this name: FAT overview, "ChkSum".
  int checksum() {
    int sum = 0;
    String text = padded() + " ".repeat(EXTENSION - extension.length());
    for (int i = 0; i < text.length(); i++) {
      sum = ((((sum & 1) << 7) | (sum >> 1)) + text.charAt(i)) & 0xFF;
    }
    return sum;
  }

  private static String translated(String text, int limit) {
    String plain = FOREIGN.matcher(text).replaceAll("_");
    return plain.substring(0, Math.min(limit, plain.length()));
  }

  /// ASCII letters only; others have no capitals everybody agrees on.
  private static String capitals(String name) {
    StringBuilder capitals = new StringBuilder();
    name.chars().forEach(c -> capitals.append(c < 0x80 ? upper(c) : (char) c));
    return capitals.toString();
  }

  private static char upper(int c) {
    return Character.toString(c).toUpperCase(Locale.ROOT).charAt(0);
  }
}
