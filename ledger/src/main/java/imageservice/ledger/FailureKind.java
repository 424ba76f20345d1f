package imageservice.ledger;

import java.time.Duration;

/// Whose move it is after a build failed, and how long the failure is remembered before a request
/// tries again.
public enum FailureKind {
  /// The configuration or the release cannot give this asset; only another request helps.
  INPUT(Duration.ofMinutes(10)),
  /// Source material could not be had: a registry that is down or busy, a damaged download.
  SOURCE(Duration.ofSeconds(5)),
  /// The result could not be stored, or there was no room to work.
  STORAGE(Duration.ofSeconds(5)),
  /// A defect of ours, or a builder that stopped again and again.
  DEFECT(Duration.ofMinutes(1));

  private final Duration remembered;

  FailureKind(Duration remembered) {
    this.remembered = remembered;
  }

  public Duration remembered() {
    return remembered;
  }
}
