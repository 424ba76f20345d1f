package imageservice.formats.fat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a directory stores the name of an entry: as a short name with case bits where that gives the
/// name back, with a long name otherwise.
///
/// @param caseBits lower case of the base (0x08) and of the extension (0x10), as Windows NT has
///   them
record Naming(FatEntry entry, ShortName shortName, int caseBits, boolean hasLongName) {
  private static final int LOWER_BASE = 0x08;
  private static final int LOWER_EXTENSION = 0x10;

  /// Names for the entries of one directory, in their order. Names that are 8.3 names already keep
  /// them; the others get the first number that is free.
  static List<Naming> of(List<FatEntry> entries) {
    Set<ShortName> taken = new HashSet<>();
    entries.forEach(entry -> ShortName.exact(entry.name()).ifPresent(taken::add));
    Map<ShortName, Integer> numbers = new HashMap<>();
    List<Naming> namings = new ArrayList<>();
    for (FatEntry entry : entries) {
      Optional<ShortName> exact = ShortName.exact(entry.name());
      namings.add(
          exact.isPresent()
              ? exact(entry, exact.get())
              : new Naming(entry, unique(entry, taken, numbers), 0, true));
    }
    return namings;
  }

  /// Entries of 32 bytes it takes.
  int slots() {
    return hasLongName ? 1 + LongName.slots(entry.name()) : 1;
  }

  private static Naming exact(FatEntry entry, ShortName name) {
    String text = entry.name();
    int dot = text.indexOf('.');
    String base = dot < 0 ? text : text.substring(0, dot);
    String extension = dot < 0 ? "" : text.substring(dot + 1);
    boolean mixed = isMixed(base) || isMixed(extension);
    int bits = (hasLower(base) ? LOWER_BASE : 0) | (hasLower(extension) ? LOWER_EXTENSION : 0);
    return new Naming(entry, name, mixed ? 0 : bits, mixed);
  }

  private static ShortName unique(
      FatEntry entry, Set<ShortName> taken, Map<ShortName, Integer> numbers) {
    ShortName basis = ShortName.basis(entry.name());
    ShortName name;
    do {
      name = basis.numbered(numbers.merge(basis, 1, Integer::sum));
    } while (!taken.add(name));
    return name;
  }

  private static boolean isMixed(String text) {
    return hasLower(text) && text.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static boolean hasLower(String text) {
    return text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
  }
}
