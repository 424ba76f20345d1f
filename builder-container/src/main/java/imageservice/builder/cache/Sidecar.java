package imageservice.builder.cache;

/// What the file beside a blob's content says of it.
///
/// @param size of that file, in bytes
record Sidecar(Checksums checksums, long size) {}
