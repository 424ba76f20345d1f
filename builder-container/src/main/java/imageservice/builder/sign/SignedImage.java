package imageservice.builder.sign;

import imageservice.release.Digest;

/// What is signed of an image: its index.
///
/// @param size in bytes
public record SignedImage(String mediaType, long size, Digest digest) {}
