package imageservice.builder.oci;

import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Where container images come from. Failures are {@link SourceException}s. Repositories are names
/// below the source's own prefix, in the grammar of the OCI distribution specification; anything
/// else is an `IllegalArgumentException`.
public interface ImageSource {
  /// All tags, or that nothing changed since they were listed.
  ///
  /// @param validator that came with the last list; without one the answer is a list
  Tags tags(String repository, Optional<String> validator) throws IOException;

  /// What people put before a repository to name its images, `ghcr.io/siderolabs/`; nothing where
  /// the source is no registry.
  Optional<String> prefix();

  /// What refers to an image, as the source lists it; nothing where it keeps no such lists.
  default List<Referrer> referrers(String repository, Digest image) throws IOException {
    return List.of();
  }

  /// The digest of the index or manifest that the tag names now.
  Digest resolve(String repository, String tag) throws IOException;

  /// An index or manifest of at most {@link RawManifest#LIMIT} bytes, checked against its digest.
  RawManifest manifest(String repository, Digest digest) throws IOException;

  /// Opens content that is checked while it is read: the read that delivers the last byte throws
  /// where the digest differs, and content that is shorter or longer than the descriptor says is a
  /// {@link SourceException} too, never an early end. The caller closes the stream.
  InputStream blob(String repository, Descriptor descriptor) throws IOException;
}
