package imageservice.plan;

/// The only timestamp in assets: 2019-06-01T21:34:52Z, as in assets of the reference.
public final class Epoch {
  /// Seconds since 1970-01-01T00:00:00Z.
  public static final long SECONDS = 1_559_424_892L;

  private Epoch() {}
}
