package imageservice.formats.iso9660;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A file or directory identifier in d-characters (ECMA-119 7.5 and 7.6); directories have no
/// extension. Ordered as directory records are (9.3): shorter ones count as filled with spaces,
/// which sort before every d-character.
record Identifier(String name, String extension, boolean directory)
    implements Comparable<Identifier> {
  /// Name and extension together.
  private static final int MAX_LENGTH = 30;

  private static final int MAX_EXTENSION = 8;
  private static final Pattern FOREIGN = Pattern.compile("[^A-Z0-9_]");

  byte[] bytes() {
    String text = directory ? name : name + "." + extension + ";1";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public int compareTo(Identifier other) {
    return Comparator.comparing(Identifier::name)
        .thenComparing(Identifier::extension)
        .thenComparing(Identifier::directory)
        .compare(this, other);
  }

  /// Identifiers for the entries of one directory, in their order: the name in capitals, foreign
  /// characters as `_`, cut to length. Where that is taken, the name gives way to a number.
  static List<Identifier> of(List<IsoEntry> entries) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<Identifier> identifiers = new ArrayList<>();
    for (IsoEntry entry : entries) {
      Identifier wanted = wanted(entry);
      Identifier given = wanted;
      while (!taken.add(given.key())) {
        given = wanted.numbered(numbers.merge(wanted.key(), 1, Integer::sum) - 1);
      }
      identifiers.add(given);
    }
    return identifiers;
  }

  private static Identifier wanted(IsoEntry entry) {
    String name = entry.name().toUpperCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    if (entry instanceof IsoDirectory || dot < 0) {
      return new Identifier(translated(name, MAX_LENGTH), "", entry instanceof IsoDirectory);
    }
    String extension = translated(name.substring(dot + 1), MAX_EXTENSION);
    String base = translated(name.substring(0, dot), MAX_LENGTH - extension.length());
    return new Identifier(base, extension, false);
  }

  private static String translated(String text, int limit) {
    String plain = FOREIGN.matcher(text).replaceAll("_");
    return plain.substring(0, Math.min(plain.length(), limit));
  }

  /// A directory and a file never share a name either, to keep readers without versions happy.
  private String key() {
    return name + "." + extension;
  }

  private Identifier numbered(int number) {
    String digits = "%03d".formatted(number);
    int kept = Math.min(name.length(), MAX_LENGTH - extension.length() - digits.length());
    return new Identifier(name.substring(0, kept) + digits, extension, directory);
  }
}
