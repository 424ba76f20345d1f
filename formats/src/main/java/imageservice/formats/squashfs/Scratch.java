package imageservice.formats.squashfs;

import imageservice.formats.blob.Blob;
import java.io.IOException;

/// Where compressed blocks wait until the file system they are part of is read. Blobs stay readable
/// as long as the scratch exists.
public interface Scratch {
  /// Keeps a copy of the bytes.
  Blob keep(byte[] bytes) throws IOException;

  /// A scratch on the heap, for small file systems.
  static Scratch inMemory() {
    return Blob::of;
  }
}
