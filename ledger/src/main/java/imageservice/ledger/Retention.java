package imageservice.ledger;

import java.time.Duration;

/// How long the deployed service keeps what can be made again. A builder stores nothing older than
/// {@link #FRESH} and the service links to nothing whose record is older than {@link #RECORD}, so
/// no link outlives its object: the two together end before {@link #OBJECT}.
public final class Retention {
  /// Age at which the bucket's lifecycle rule removes an object.
  public static final Duration OBJECT = Duration.ofDays(90);

  /// Age at which the record of a build counts no longer and the table removes it.
  public static final Duration RECORD = Duration.ofDays(60);

  /// Age above which a builder writes an object anew that is in the store already.
  public static final Duration FRESH = Duration.ofDays(20);

  private Retention() {}
}
