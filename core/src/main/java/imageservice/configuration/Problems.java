package imageservice.configuration;

import imageservice.yaml.Runes;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is wrong with a document, in the document's order, in the words that clients know
/// (docs/configuration.md 1.3, error texts). Only what is shown is kept: a document can have a
/// problem for each four of its bytes.
final class Problems {
  private static final int MAX_SHOWN = 20;
  private static final int MAX_NAME = 100;
  private static final int MAX_VALUE = 10;
  private static final int SHOWN_OF_LONG_VALUE = 7;

  private record Problem(Node.Place place, String text) {
    @Override
    public String toString() {
      return "line " + place.line() + ": " + text;
    }
  }

  private final TreeSet<Problem> shown =
      new TreeSet<>(
          Comparator.<Problem>comparingInt(problem -> problem.place().position())
              .thenComparing(Problem::text));

  /// How many were found behind those that are shown; what aliases repeat counts each time.
  private int more;

  /// Of the first value of a wrong type.
  private String expected = "";

  void unknownField(Node.Scalar key, String type) {
    add(key, () -> "field " + name(key.text()) + " not found in type " + type);
  }

  void duplicateKey(Node key, String text, Node first) {
    add(
        key,
        () ->
            "mapping key \"%s\" already defined at line %d"
                .formatted(name(text), first.place().line()));
  }

  void wrongType(Node node, String tag, String type) {
    expected = expected.isEmpty() ? Expectation.of(type) : expected;
    add(node, () -> "cannot construct " + tag + shown(node) + " into " + type);
  }

  void wrongTag(Node.Scalar node, String tag) {
    add(node, () -> "cannot construct " + tag + shown(node) + " as a " + node.tag());
  }

  void add(Node node, String text) {
    add(node, () -> text);
  }

  private void add(Node node, Supplier<String> text) {
    if (isBehind(node.place())) {
      more++;
      return;
    }
    shown.add(new Problem(node.place(), text.get()));
    if (shown.size() > MAX_SHOWN) {
      shown.pollLast();
      more++;
    }
  }

  private boolean isBehind(Node.Place place) {
    return shown.size() == MAX_SHOWN && place.position() > shown.last().place().position();
  }

  private static String shown(Node node) {
    return node instanceof Node.Scalar scalar ? " `" + value(scalar.text()) + "`" : "";
  }

  void throwIfAny() throws InvalidConfigurationException {
    if (!shown.isEmpty()) {
      String rest = more > 0 ? "; and " + more + " more" : "";
      throw InvalidConfigurationException.malformed(
          shown.stream()
              .map(Problem::toString)
              .collect(Collectors.joining("; ", "yaml: construct errors: ", rest)),
          expected);
    }
  }

  private static String value(String text) {
    return oneLine(text.length() > MAX_VALUE ? start(text, SHOWN_OF_LONG_VALUE) + "..." : text);
  }

  /// A name of the document on one line, a long one cut.
  static String name(String text) {
    return oneLine(text.length() > MAX_NAME ? start(text, MAX_NAME) + "..." : text);
  }

  /// The first characters, and never half of one.
  private static String start(String text, int length) {
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  /// `text` with everything escaped that could end a line or disturb a terminal.
  static String oneLine(String text) {
    var line = new StringBuilder();
    text.codePoints()
        .forEach(rune -> {
          if (Runes.isPrintable(rune) && !Runes.isBreak(rune)) {
            line.appendCodePoint(rune);
          } else {
            line.append(rune <= 0xFFFF ? "\\u%04x".formatted(rune) : Character.toString(rune));
          }
        });
    return line.toString();
  }
}
