package imageservice.plan;

import imageservice.release.Digest;

/// How an image is signed.
///
/// @param key the {@link SigningKey}'s id
/// @param reference the image's host and repository, such as `factory.example/metal-installer/<id>`
public record Signing(Digest key, String reference) {}
