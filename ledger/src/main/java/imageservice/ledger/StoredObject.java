package imageservice.ledger;

import imageservice.release.Digest;

/// Size and digest of an object in the store.
///
/// @param size in bytes
/// @param digest SHA-256 of its bytes
public record StoredObject(long size, Digest digest) {}
