package imageservice.ledger;

import java.time.Duration;

/// The cause of a failed build, and how long the record keeps the failure before a request may
/// order the build again.
public enum FailureKind {
  /// The configuration or the release cannot give this asset; the client must request another.
  INPUT(Duration.ofMinutes(10)),
  /// An input could not be fetched: its registry is down or busy, or the download was damaged.
  SOURCE(Duration.ofSeconds(5)),
  /// No builder was free, the builder's disk was full, or the product could not be stored.
  STORAGE(Duration.ofSeconds(5)),
  /// A defect of this service, or {@link BuildRecord#MAXIMUM_ATTEMPTS} builders stopped without an
  /// outcome.
  DEFECT(Duration.ofMinutes(1));

  private final Duration remembered;

  FailureKind(Duration remembered) {
    this.remembered = remembered;
  }

  public Duration remembered() {
    return remembered;
  }
}
