package imageservice.builder.oci;

import imageservice.formats.blob.RunStream;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Content checked against its descriptor while it is read: the read that delivers the last byte
/// throws where the digest differs or content goes on, and an early end throws too.
public final class VerifiedStream extends RunStream {
  private final InputStream in;
  private final String subject;
  private final Descriptor descriptor;
  private final MessageDigest hash = Digest.hash();
  private long position;
  private boolean verified;

  /// Closes `in` when it is closed.
  public VerifiedStream(InputStream in, String repository, Descriptor descriptor) {
    this.in = in;
    this.subject = repository + "@" + descriptor.digest();
    this.descriptor = descriptor;
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    if (position == descriptor.size()) {
      verify();
      return -1;
    }
    int got = in.read(buffer, from, (int) Math.min(count, descriptor.size() - position));
    if (got < 0) {
      throw new SourceException.Tampered(
          subject, "ends at byte %d of %d".formatted(position, descriptor.size()));
    }
    hash.update(buffer, from, got);
    position += got;
    if (position == descriptor.size()) {
      verify();
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void verify() throws IOException {
    if (verified) {
      return;
    }
    if (in.read() >= 0) {
      throw new SourceException.TooLarge(
          subject, "goes on beyond the %d bytes its manifest says".formatted(descriptor.size()));
    }
    Digest actual = Digest.ofHash(hash.digest());
    if (!actual.equals(descriptor.digest())) {
      throw new SourceException.Tampered(subject, "the content's digest is " + actual);
    }
    verified = true;
  }
}
