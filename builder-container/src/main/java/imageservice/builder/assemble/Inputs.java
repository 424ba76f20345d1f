package imageservice.builder.assemble;

import imageservice.builder.fetch.Derived;
import imageservice.builder.fetch.TreeEntry;
import imageservice.formats.blob.Blob;
import imageservice.plan.Input;
import java.io.IOException;
import java.util.SortedMap;

/// The things that a plan names by digest, fetched.
public interface Inputs {
  Blob file(Input.ImageFile file) throws IOException;

  /// Every entry of the root of an extension's image, by path.
  SortedMap<String, TreeEntry> extension(Input.ExtensionImage image) throws IOException;

  GrubKit kit(Input.GrubKit kit) throws IOException;

  /// Where what follows from them is kept.
  Derived derived();
}
