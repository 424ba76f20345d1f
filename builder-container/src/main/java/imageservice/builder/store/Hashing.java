package imageservice.builder.store;

import imageservice.release.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The hashes of content that passes by in order. SHA-512, which processors have no instructions
/// for, is on a second thread.
final class Hashing implements AutoCloseable {
  private final MessageDigest sha256 = Digest.hash();
  private final Optional<MessageDigest> sha512;
  private final ExecutorService second =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

  /// @param both whether SHA-512 is computed as well
  Hashing(boolean both) {
    sha512 = both ? Optional.of(longHash()) : Optional.empty();
  }

  /// Takes in the next bytes; the buffer is the caller's again afterwards.
  void update(byte[] buffer, int length) throws IOException {
    Optional<Future<?>> other =
        sha512.map(hash -> second.submit(() -> hash.update(buffer, 0, length)));
    sha256.update(buffer, 0, length);
    if (other.isPresent()) {
      Sending.result(other.get());
    }
  }

  Digest sha256() {
    return Digest.ofHash(sha256.digest());
  }

  /// 128 hex digits.
  Optional<String> sha512() {
    return sha512.map(hash -> HexFormat.of().formatHex(hash.digest()));
  }

  @Override
  public void close() {
    second.close();
  }

  private static MessageDigest longHash() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
