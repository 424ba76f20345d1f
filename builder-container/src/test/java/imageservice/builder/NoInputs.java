package imageservice.builder;

import imageservice.builder.assemble.GrubKit;
import imageservice.builder.assemble.Inputs;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;

/// For plans that need nothing.
record NoInputs() implements Inputs {
  @Override
  public Blob file(Input.ImageFile file) {
    throw new AssertionError(file);
  }

  @Override
  public GrubKit kit(Input.GrubKit kit) {
    throw new AssertionError(kit);
  }
}
