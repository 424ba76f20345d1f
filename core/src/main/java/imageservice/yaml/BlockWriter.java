package imageservice.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// Lays a tree out in block style (docs/configuration.md 1.4, layout).
final class BlockWriter {
  private static final int STEP = 4;

  /// Keys of more bytes than this, or of several lines, are written after a question mark.
  private static final int MAX_SIMPLE_KEY = 128;

  private final YamlStyle style;
  private final Folding folding;
  private final StringBuilder out = new StringBuilder();

  /// Where the current line begins in `out`.
  private int lineStart;

  /// Whether the current line holds more than indentation and the marks of items.
  private boolean lineIsUsed;

  BlockWriter(YamlStyle style, Folding folding) {
    this.style = style;
    this.folding = folding;
  }

  String write(YamlNode.Mapping root) {
    branch(root.fields(), 0);
    moveTo(0);
    return out.toString();
  }

  private void branch(List<YamlNode.Field> fields, int column) {
    for (YamlNode.Field field : fields) {
      moveTo(column);
      if (isSimple(field.key())) {
        scalar(field.key(), nested(column), Folding.NEVER);
        mark(":");
        lineIsUsed = true;
      } else {
        mark("? ");
        scalar(field.key(), nested(column), folding);
        moveTo(column);
        mark(":");
      }
      value(field.value(), nested(column));
    }
  }

  private void series(List<YamlNode> items, int column) {
    for (YamlNode item : items) {
      moveTo(column);
      mark("-");
      value(item, column + 2);
    }
  }

  private void value(YamlNode value, int column) {
    switch (value) {
      case YamlNode.Scalar scalar -> {
        out.append(' ');
        scalar(scalar, column, folding);
      }
      case YamlNode.Mapping(var fields) when fields.isEmpty() -> word(" {}");
      case YamlNode.Sequence(var items) when items.isEmpty() -> word(" []");
      case YamlNode.Mapping(var fields) -> branch(fields, column);
      case YamlNode.Sequence(var items) -> series(items, column);
    }
  }

  private static int nested(int column) {
    return (column / STEP + 1) * STEP;
  }

  private static boolean isSimple(YamlNode.Scalar key) {
    String text = key.text();
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
  private void scalar(YamlNode.Scalar scalar, int column, Folding fold) {
    switch (scalar) {
      case YamlNode.Text(String text) -> text(text, column, fold);
      case YamlNode.Word(String text) -> word(text);
    }
  }

  private void text(String text, int column, Folding fold) {
    StringStyle shape = StringStyle.of(text, style);
    switch (shape) {
      case PLAIN -> lines(text, column, fold, shape);
      case SINGLE -> quoted("'", text, column, fold, shape);
      case DOUBLE -> quoted("\"", text, column, fold, shape);
      case LITERAL -> literal(text, column);
    }
  }

  private void quoted(String quote, String text, int column, Folding fold, StringStyle shape) {
    word(quote);
    lines(text, column, fold, shape);
    word(quote);
  }

  private void literal(String text, int column) {
    word("|" + indentationHint(text) + chomping(text));
    if (!style.losesLeadingBreak() || !Runes.isBreak(text.codePointAt(0))) {
      newLine();
    }
    lines(text, column, Folding.NEVER, StringStyle.LITERAL);
  }

  /// Every line break is written as it is spelled; what follows one begins at `column`. So does
  /// what follows a blank at which a long line is folded.
  private void lines(String text, int column, Folding fold, StringStyle shape) {
    int[] runes = text.codePoints().toArray();
    boolean atStart = shape == StringStyle.LITERAL;
    int width = out.codePointCount(lineStart, out.length());
    for (int i = 0; i < runes.length; i++) {
      String spelled = spelled(text, runes[i], shape);
      if (spelled.equals(" ") && fold.isFull(width) && mayFold(runes, i, shape)) {
        fold(column, runes[i + 1] == ' ');
        width = runes[i + 1] == ' ' ? column + 1 : column;
        continue;
      }
      boolean isBreak = Runes.isBreak(spelled.codePointAt(0));
      if (atStart && !isBreak) {
        moveTo(column);
        width = column;
      }
      word(spelled);
      width += spelled.codePointCount(0, spelled.length());
      if (isBreak) {
        startLine();
      }
      atStart = isBreak;
    }
  }

  private static String spelled(String text, int rune, StringStyle shape) {
    return switch (shape) {
      case PLAIN, LITERAL -> Character.toString(rune);
      case SINGLE -> rune == '\'' ? "''" : Character.toString(rune);
      case DOUBLE -> DoubleQuoted.of(text, rune);
    };
  }

  /// Whether a line may be folded at this blank: the first of several in a row, and of several only
  /// in double quotes, which can keep the others.
  private static boolean mayFold(int[] runes, int i, StringStyle shape) {
    return i > 0
        && i < runes.length - 1
        && runes[i - 1] != ' '
        && (runes[i + 1] != ' ' || shape == StringStyle.DOUBLE);
  }

  private void fold(int column, boolean beforeBlank) {
    newLine();
    moveTo(column);
    word(beforeBlank ? "\\" : "");
  }

  private String indentationHint(String text) {
    int first = text.codePointAt(0);
    boolean hinted = first == ' ' || (style.hintsLeadingBreak() && Runes.isBreak(first));
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
