package imageservice.builder;

import imageservice.builder.assemble.GrubKit;
import imageservice.builder.assemble.Inputs;
import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import java.util.SortedMap;

/// For plans that need nothing.
record NoInputs() implements Inputs {
  @Override
  public Blob file(Input.ImageFile file) {
    throw new AssertionError(file);
  }

  @Override
  public SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) {
    throw new AssertionError(image);
  }

  @Override
  public Derived derived() {
    throw new AssertionError();
  }

  @Override
  public String commandLine(PlannedCommandLine line) {
    throw new AssertionError(line);
  }

  @Override
  public GrubKit kit(Input.GrubKit kit) {
    throw new AssertionError(kit);
  }
}
