package imageservice.builder.shared;

import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.oci.SourceException;
import imageservice.builder.store.SharedContent;
import imageservice.builder.store.StoreException;
import imageservice.formats.blob.RunStream;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Shared content on its way to a reader. Where it is not what it should be, that is noted, and a
/// {@link DamagedBlobException} says so: on reading, or on closing where the reader gave up before
/// the end, as readers do that cannot make anything of damaged content.
final class KeptStream extends RunStream {
  private final InputStream checked;
  private final String subject;
  private final Digest digest;
  private final SharedContent shared;
  private boolean settled;

  /// @param checked throws where the content has another digest
  KeptStream(InputStream checked, String repository, Digest digest, SharedContent shared) {
    this.checked = checked;
    this.subject = repository + "@" + digest;
    this.digest = digest;
    this.shared = shared;
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    try {
      int got = checked.read(buffer, from, count);
      settled = settled || got < 0;
      return got;
    } catch (SourceException e) {
      settled = true;
      shared.damaged(digest);
      throw new DamagedBlobException(digest, "what is shared is not it", e);
    } catch (StoreException e) {
      settled = true;
      throw new SourceException.Unavailable(
          subject, "what is shared of it cannot be read", null, e);
    }
  }

  @Override
  public void close() throws IOException {
    try (checked) {
      if (!settled) {
        transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
