package imageservice.ledger;

import imageservice.release.Digest;

/// How much of an image of the plan has come from the source.
///
/// @param repository as the plan's explanation spells it
/// @param digest of the image's index or manifest
/// @param doneBytes that came so far
/// @param totalBytes of all layers of the image, as the source has them
public record InputProgress(String repository, Digest digest, long doneBytes, long totalBytes) {
  public InputProgress {
    doneBytes = Math.min(doneBytes, totalBytes);
  }
}
