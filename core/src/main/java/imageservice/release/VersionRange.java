package imageservice.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of versions as extensions write it: comparisons side by side all hold, `||` between them
/// means that one side does. `>=1.0.0 <1.8.0 || 1.9.x`; a `v` before a number is left out.
public final class VersionRange {
  private static final Pattern COMPARISON =
      Pattern.compile("\\s*(==|=|!=|!|>=|>|<=|<)?\\s*v?([0-9xX*][^\\s<>=!|]*)");
  private static final Pattern WILDCARD =
      Pattern.compile("(?:([0-9]{1,9})\\.)?(?:([0-9]{1,9})\\.)?[xX*]");

  private final List<List<Predicate<TalosVersion>>> alternatives;

  private VersionRange(List<List<Predicate<TalosVersion>>> alternatives) {
    this.alternatives = alternatives;
  }

  /// The range that a text spells, or nothing where it spells none.
  public static Optional<VersionRange> parse(String text) {
    List<List<Predicate<TalosVersion>>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      Optional<List<Predicate<TalosVersion>>> comparisons = comparisons(alternative);
      if (comparisons.isEmpty()) {
        return Optional.empty();
      }
      alternatives.add(comparisons.get());
    }
    return Optional.of(new VersionRange(alternatives));
  }

  public boolean contains(TalosVersion version) {
    return alternatives.stream()
        .anyMatch(comparisons -> comparisons.stream().allMatch(holds -> holds.test(version)));
  }

  private static Optional<List<Predicate<TalosVersion>>> comparisons(String text) {
    List<Predicate<TalosVersion>> comparisons = new ArrayList<>();
    Matcher matcher = COMPARISON.matcher(text.strip());
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      Optional<Predicate<TalosVersion>> comparison =
          comparison(matcher.group(1) == null ? "=" : matcher.group(1), matcher.group(2));
      if (comparison.isEmpty()) {
        return Optional.empty();
      }
      comparisons.add(comparison.get());
      end = matcher.end();
    }
    return end == text.strip().length() && end > 0 ? Optional.of(comparisons) : Optional.empty();
  }

  private static Optional<Predicate<TalosVersion>> comparison(String operator, String text) {
    Matcher wildcard = WILDCARD.matcher(text);
    if (wildcard.matches()) {
      return Optional.of(span(operator, Span.of(wildcard)));
    }
    return TalosVersion.parse(text).map(version -> span(operator, new Span.Point(version)));
  }

  /// What stands beside an operator: one version, or all that a wildcard covers.
  private sealed interface Span {
    /// Negative where the version is below it, positive where it is above.
    int compare(TalosVersion version);

    record Point(TalosVersion at) implements Span {
      @Override
      public int compare(TalosVersion version) {
        return version.compareTo(at);
      }
    }

    /// From `first` up to but without `end`.
    record Between(TalosVersion first, TalosVersion end) implements Span {
      @Override
      public int compare(TalosVersion version) {
        if (version.compareTo(first) < 0) {
          return -1;
        }
        return version.compareTo(end) < 0 ? 0 : 1;
      }
    }

    record Everything() implements Span {
      @Override
      public int compare(TalosVersion version) {
        return 0;
      }
    }

    static Span of(Matcher wildcard) {
      if (wildcard.group(1) == null) {
        return new Everything();
      }
      int major = Integer.parseInt(wildcard.group(1));
      if (wildcard.group(2) == null) {
        return new Between(TalosVersion.of(major, 0, 0), TalosVersion.of(major + 1, 0, 0));
      }
      int minor = Integer.parseInt(wildcard.group(2));
      return new Between(TalosVersion.of(major, minor, 0), TalosVersion.of(major, minor + 1, 0));
    }
  }

  private static Predicate<TalosVersion> span(String operator, Span span) {
    return switch (operator) {
      case "=", "==" -> version -> span.compare(version) == 0;
      case "!", "!=" -> version -> span.compare(version) != 0;
      case ">" -> version -> span.compare(version) > 0;
      case ">=" -> version -> span.compare(version) >= 0;
      case "<" -> version -> span.compare(version) < 0;
      case "<=" -> version -> span.compare(version) <= 0;
      default ->
          throw new IllegalStateException("the pattern lets no other operator in: " + operator);
    };
  }
}
