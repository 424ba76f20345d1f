package imageservice.ledger;

/// The progress that a builder last reported.
///
/// @param doneBytes bytes of this stage that are done
/// @param totalBytes bytes of this stage in all; 0 while unknown
public record Progress(Stage stage, long doneBytes, long totalBytes) {
  public static final Progress NONE = new Progress(Stage.QUEUED, 0, 0);

  /// How much of this stage is done, in whole percent; 0 while the total is unknown.
  public int percent() {
    return totalBytes == 0 ? 0 : (int) (100 * Math.min(doneBytes, totalBytes) / totalBytes);
  }
}
