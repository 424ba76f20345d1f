package imageservice.ledger;

import imageservice.release.Digest;

/// An object in the store.
///
/// @param size in bytes
/// @param digest of its bytes
public record StoredObject(long size, Digest digest) {}
