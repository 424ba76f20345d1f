package imageservice.builder.assemble;

import imageservice.builder.cache.Derived;
import imageservice.builder.layers.TreeEntry;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import imageservice.plan.PlannedCommandLine;
import java.io.IOException;
import java.util.SortedMap;

/// The things that a plan names by digest, fetched.
public interface Inputs {
  Blob file(Input.ImageFile file) throws IOException;

  /// Every entry of the root of an extension's image, by path.
  SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) throws IOException;

  /// The line, an overlay's program asked for its arguments where that is needed.
  String commandLine(PlannedCommandLine line) throws IOException;

  GrubKit kit(Input.GrubKit kit) throws IOException;

  /// Where what follows from them is kept.
  Derived derived();
}
