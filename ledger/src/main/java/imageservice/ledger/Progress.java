package imageservice.ledger;

import java.util.List;

/// The progress that a builder last reported.
///
/// @param doneBytes bytes of this stage that are done
/// @param totalBytes bytes of this stage in all, as far as they are known yet; 0 while unknown
/// @param inputs images that come from the source in this stage, in the order in which they began;
///   none of those that were in the cache
public record Progress(Stage stage, long doneBytes, long totalBytes, List<InputProgress> inputs) {
  public static final Progress NONE = new Progress(Stage.QUEUED, 0, 0);

  public Progress {
    inputs = List.copyOf(inputs);
  }

  public Progress(Stage stage, long doneBytes, long totalBytes) {
    this(stage, doneBytes, totalBytes, List.of());
  }

  /// The progress of a builder that fetches these.
  public static Progress fetching(List<InputProgress> inputs) {
    return new Progress(
        Stage.FETCHING,
        inputs.stream().mapToLong(InputProgress::doneBytes).sum(),
        inputs.stream().mapToLong(InputProgress::totalBytes).sum(),
        inputs);
  }

  /// How much of this stage is done, in whole percent; 0 while the total is unknown.
  public int percent() {
    return totalBytes == 0 ? 0 : (int) (100 * Math.min(doneBytes, totalBytes) / totalBytes);
  }
}
