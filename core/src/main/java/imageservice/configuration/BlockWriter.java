package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// Lays a tree out in block style (service-api.md 1.4, layout).
final class BlockWriter {
  private static final int STEP = 4;

  /// Keys of more bytes than this, or of several lines, are written after a question mark.
  private static final int MAX_SIMPLE_KEY = 128;

  private final Dialect dialect;
  private final StringBuilder out = new StringBuilder();

  /// Where the current line begins in `out`.
  private int lineStart;

  /// Whether the current line holds more than indentation and the marks of items.
  private boolean lineIsUsed;

  BlockWriter(Dialect dialect) {
    this.dialect = dialect;
  }

  String write(Outline.Branch root) {
    branch(root.fields(), 0);
    moveTo(0);
    return out.toString();
  }

  private void branch(List<Outline.Field> fields, int column) {
    for (Outline.Field field : fields) {
      moveTo(column);
      if (isSimple(field.key())) {
        scalar(field.key(), nested(column));
        mark(":");
        lineIsUsed = true;
      } else {
        mark("? ");
        scalar(field.key(), nested(column));
        moveTo(column);
        mark(":");
      }
      value(field.value(), nested(column));
    }
  }

  private void series(List<Outline> items, int column) {
    for (Outline item : items) {
      moveTo(column);
      mark("-");
      value(item, column + 2);
    }
  }

  private void value(Outline value, int column) {
    switch (value) {
      case Outline.Leaf(OptionValue.Scalar scalar) -> {
        out.append(' ');
        scalar(scalar, column);
      }
      case Outline.Branch(var fields) when fields.isEmpty() -> word(" {}");
      case Outline.Series(var items) when items.isEmpty() -> word(" []");
      case Outline.Branch(var fields) -> branch(fields, column);
      case Outline.Series(var items) -> series(items, column);
    }
  }

  private static int nested(int column) {
    return (column / STEP + 1) * STEP;
  }

  private static boolean isSimple(OptionValue.Scalar key) {
    String text = ScalarText.of(key);
    return text.getBytes(UTF_8).length <= MAX_SIMPLE_KEY
        && text.codePoints().noneMatch(Runes::isBreak);
  }

  private void mark(String mark) {
    out.append(mark);
    lineIsUsed = false;
  }

  private void word(String word) {
    out.append(word);
    lineIsUsed = true;
  }

  /// Goes on at `column`: of this line while it has only marks, else of the next.
  private void moveTo(int column) {
    if (lineIsUsed) {
      newLine();
    }
    out.repeat(' ', Math.max(0, column - (out.length() - lineStart)));
  }

  private void newLine() {
    out.append('\n');
    startLine();
  }

  private void startLine() {
    lineStart = out.length();
    lineIsUsed = false;
  }

  /// @param column where lines after the first begin
  private void scalar(OptionValue.Scalar scalar, int column) {
    if (scalar instanceof OptionValue.Text(String text)) {
      text(text, column);
    } else if (scalar instanceof OptionValue.MinusZero && !dialect.keepsMinusZero()) {
      word("0");
    } else {
      word(ScalarText.of(scalar));
    }
  }

  private void text(String text, int column) {
    switch (StringStyle.of(text, dialect)) {
      case PLAIN -> word(text);
      case SINGLE -> single(text, column);
      case DOUBLE -> word(DoubleQuoted.of(text));
      case LITERAL -> literal(text, column);
    }
  }

  private void single(String text, int column) {
    word("'");
    lines(text.replace("'", "''"), column, false);
    word("'");
  }

  private void literal(String text, int column) {
    word("|" + indentationHint(text) + chomping(text));
    if (!dialect.losesLeadingBreak() || !Runes.isBreak(text.codePointAt(0))) {
      newLine();
    }
    lines(text, column, true);
  }

  /// Every line break is written as it is; what follows one begins at `column`.
  private void lines(String text, int column, boolean atLineStart) {
    boolean atStart = atLineStart;
    for (int rune : text.codePoints().toArray()) {
      boolean isBreak = Runes.isBreak(rune);
      if (atStart && !isBreak) {
        moveTo(column);
      }
      out.appendCodePoint(rune);
      lineIsUsed = true;
      if (isBreak) {
        startLine();
      }
      atStart = isBreak;
    }
  }

  private String indentationHint(String text) {
    int first = text.codePointAt(0);
    boolean hinted = first == ' ' || (dialect.hintsLeadingBreak() && Runes.isBreak(first));
    return hinted ? Integer.toString(STEP) : "";
  }

  private static String chomping(String text) {
    int last = text.codePointBefore(text.length());
    if (!Runes.isBreak(last)) {
      return "-";
    }
    int end = text.length() - Character.charCount(last);
    return end == 0 || Runes.isBreak(text.codePointBefore(end)) ? "+" : "";
  }
}
