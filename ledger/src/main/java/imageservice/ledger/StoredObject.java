package imageservice.ledger;

import imageservice.release.Digest;
import java.util.Optional;
import java.util.regex.Pattern;

/// Size and digest of an object in the store.
///
/// @param size in bytes
/// @param digest SHA-256 of its bytes
/// @param sha512 the same by SHA-512, 128 hex digits; absent in records of earlier versions, and
///   where nobody asks for it
public record StoredObject(long size, Digest digest, Optional<String> sha512) {
  private static final Pattern SHA_512 = Pattern.compile("[0-9a-f]{128}");

  public StoredObject {
    if (sha512.isPresent() && !SHA_512.matcher(sha512.get()).matches()) {
      throw new IllegalArgumentException("not 128 hex digits: " + sha512.get());
    }
  }

  public StoredObject(long size, Digest digest) {
    this(size, digest, Optional.empty());
  }
}
