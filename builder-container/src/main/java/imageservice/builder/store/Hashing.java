package imageservice.builder.store;

import imageservice.release.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The hashes of content that passes by in order. SHA-512, which processors have no instructions
/// for, is on a second thread.
final class Hashing implements AutoCloseable {
  private final MessageDigest sha256 = Digest.hash();
  private final MessageDigest sha512 = sha512();
  private final ExecutorService second =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

  /// Takes in the next bytes; the buffer is the caller's again afterwards.
  void update(byte[] buffer, int length) throws IOException {
    Future<?> other = second.submit(() -> sha512.update(buffer, 0, length));
    sha256.update(buffer, 0, length);
    Sending.result(other);
  }

  Digest digest() {
    return Digest.ofHash(sha256.digest());
  }

  /// 128 hex digits.
  String longDigest() {
    return HexFormat.of().formatHex(sha512.digest());
  }

  @Override
  public void close() {
    second.close();
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
