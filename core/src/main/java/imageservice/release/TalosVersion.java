package imageservice.release;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Talos version: Semantic Versioning 2.0.0, written with or without a leading `v`.
///
/// @param preRelease dot-separated identifiers, empty for a release
/// @param build dot-separated identifiers, empty where there are none; takes no part in the order
public record TalosVersion(int major, int minor, int patch, String preRelease, String build)
    implements Comparable<TalosVersion> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern SYNTAX =
      Pattern.compile(
          "v?"
              + NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-("
              + IDENTIFIER
              + "(?:\\."
              + IDENTIFIER
              + ")*))?"
              + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");
  private static final Pattern LISTED_PRE_RELEASE = Pattern.compile("(alpha|beta|rc)\\.[0-9]+");
  private static final int MAXIMUM_LENGTH = 64;

  private static final Comparator<TalosVersion> ORDER =
      Comparator.comparingInt(TalosVersion::major)
          .thenComparingInt(TalosVersion::minor)
          .thenComparingInt(TalosVersion::patch)
          .thenComparing(TalosVersion::preRelease, TalosVersion::comparePreReleases);

  public static TalosVersion of(int major, int minor, int patch) {
    return new TalosVersion(major, minor, patch, "", "");
  }

  /// The version that `text` spells, or nothing where it spells none (`1.5`, `latest`).
  public static Optional<TalosVersion> parse(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new TalosVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            Optional.ofNullable(matcher.group(4)).orElse(""),
            Optional.ofNullable(matcher.group(5)).orElse("")));
  }

  /// Without pre-release and build: what capabilities are decided by (`v1.10.0-alpha.0` can what
  /// 1.10.0 can).
  public TalosVersion release() {
    return of(major, minor, patch);
  }

  /// Whether a version list may show this pre-release at all: exactly `alpha`, `beta` or `rc` and a
  /// number.
  boolean isListedPreRelease() {
    return LISTED_PRE_RELEASE.matcher(preRelease).matches();
  }

  public boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  /// The text without `v`, as error messages spell it.
  public String number() {
    return major
        + "."
        + minor
        + "."
        + patch
        + (preRelease.isEmpty() ? "" : "-" + preRelease)
        + (build.isEmpty() ? "" : "+" + build);
  }

  /// The text with `v`, as tags and asset names spell it.
  @Override
  public String toString() {
    return "v" + number();
  }

  /// Precedence of Semantic Versioning 2.0.0, clause 11.
  @Override
  public int compareTo(TalosVersion other) {
    return ORDER.compare(this, other);
  }

  private static int comparePreReleases(String left, String right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(left.isEmpty(), right.isEmpty());
    }
    List<String> ours = List.of(left.split("\\.", -1));
    List<String> theirs = List.of(right.split("\\.", -1));
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      int order = compareIdentifiers(ours.get(i), theirs.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(ours.size(), theirs.size());
  }

  private static int compareIdentifiers(String left, String right) {
    boolean number = isNumber(left);
    if (number != isNumber(right)) {
      return number ? -1 : 1;
    }
    return number ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
  }

  private static boolean isNumber(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
