package imageservice.ledger;

/// What a running build last said of itself.
///
/// @param doneBytes of this stage
/// @param totalBytes of this stage, 0 where not known yet
public record Progress(Stage stage, long doneBytes, long totalBytes) {
  public static final Progress NONE = new Progress(Stage.QUEUED, 0, 0);

  /// Whole percent of this stage.
  public int percent() {
    return totalBytes == 0 ? 0 : (int) (100 * Math.min(doneBytes, totalBytes) / totalBytes);
  }
}
