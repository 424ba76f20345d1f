package imageservice.builder.store;

/// An object of the store, out of which others are copied.
///
/// @param key path below the bucket
/// @param size in bytes
record Origin(String key, long size) {}
