package imageservice.yaml;

/// Whether long texts go on in the next line.
public enum Folding {
  NEVER(Integer.MAX_VALUE),

  /// At the first single blank behind column 80, as go-yaml does unless told otherwise. Literal
  /// blocks and simple keys are never folded.
  BEHIND_COLUMN_80(80);

  private final int width;

  Folding(int width) {
    this.width = width;
  }

  /// Whether a line with this many characters is long enough.
  boolean isFull(int column) {
    return column > width;
  }
}
