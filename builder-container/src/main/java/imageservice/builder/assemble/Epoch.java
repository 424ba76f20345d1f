package imageservice.builder.assemble;

/// The one time that is in assets: 2019-06-01T21:34:52Z, as in those of the reference.
final class Epoch {
  static final long SECONDS = 1_559_424_892L;

  private Epoch() {}
}
