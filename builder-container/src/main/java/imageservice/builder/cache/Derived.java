package imageservice.builder.cache;

import imageservice.formats.blob.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Derived content: it follows from source material alone and takes long to make, so it is made
/// once and kept.
public interface Derived {
  /// Makes the content. What it returns may lie in the workspace.
  interface Maker {
    Blob make(Workspace workspace) throws IOException;
  }

  /// The content of this name, which `maker` makes where it is not kept.
  ///
  /// @param name everything that the content depends on: the digests it is made from, and how
  Blob of(String name, Maker maker) throws IOException;

  /// Makes content each time it is asked for, and keeps none.
  static Derived afresh() {
    return (name, maker) -> {
      try (Workspace workspace = Workspace.temporary()) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        maker.make(workspace).writeTo(copy);
        return Blob.of(copy.toByteArray());
      }
    };
  }
}
