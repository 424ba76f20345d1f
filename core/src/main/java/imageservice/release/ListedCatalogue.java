package imageservice.release;

import java.util.Optional;

/// A catalogue of the operator's that a release document was made with.
///
/// @param prefix of its registry, `ghcr.io/my-org/`
/// @param image digest of the image that has it; empty where it has none for the release
public record ListedCatalogue(String prefix, Optional<Digest> image) {}
