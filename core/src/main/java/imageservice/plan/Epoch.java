package imageservice.plan;

/// The one time that is in assets: 2019-06-01T21:34:52Z, as in those of the reference.
public final class Epoch {
  public static final long SECONDS = 1_559_424_892L;

  private Epoch() {}
}
