package imageservice.builder.shared;

import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.Referrer;
import imageservice.builder.oci.Tags;
import imageservice.builder.oci.VerifiedStream;
import imageservice.builder.store.SharedContent;
import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// A source whose content all builders share: what one of them fetched, the others read where it is
/// kept. Tags are asked for each time.
public final class SharedSource implements ImageSource {
  private final ImageSource source;
  private final SharedContent shared;
  private final Unkept unkept;

  public SharedSource(ImageSource source, SharedContent shared, Unkept unkept) {
    this.source = source;
    this.shared = shared;
    this.unkept = unkept;
  }

  @Override
  public Tags tags(String repository, Optional<String> validator) throws IOException {
    return source.tags(repository, validator);
  }

  @Override
  public Optional<String> prefix() {
    return source.prefix();
  }

  @Override
  public List<Referrer> referrers(String repository, Digest image) throws IOException {
    return source.referrers(repository, image);
  }

  @Override
  public Digest resolve(String repository, String tag) throws IOException {
    return source.resolve(repository, tag);
  }

  @Override
  public RawManifest manifest(String repository, Digest digest) throws IOException {
    Optional<byte[]> here = shared.read(digest, RawManifest.LIMIT);
    if (here.isPresent()) {
      if (Digest.of(here.get()).equals(digest)) {
        return new RawManifest("", digest, Blob.of(here.get()));
      }
      shared.damaged(digest);
    }
    RawManifest manifest = source.manifest(repository, digest);
    keep(manifest);
    return manifest;
  }

  /// @throws DamagedBlobException while it is read, where what was kept is not what it should be;
  ///   the next time it comes from the source
  @Override
  public InputStream blob(String repository, Descriptor descriptor) throws IOException {
    Optional<InputStream> here = shared.open(descriptor.digest(), descriptor.size());
    return here.isPresent()
        ? new KeptStream(
            new VerifiedStream(here.get(), repository, descriptor),
            repository,
            descriptor.digest(),
            shared)
        : new PassingStream(
            source.blob(repository, descriptor),
            keep(descriptor.digest(), descriptor.size()),
            descriptor.size());
  }

  private void keep(RawManifest manifest) throws IOException {
    try (Passing passing = keep(manifest.digest(), manifest.content().length());
        InputStream in = manifest.content().open()) {
      byte[] content = in.readAllBytes();
      passing.write(content, 0, content.length);
      passing.end();
    }
  }

  private Passing keep(Digest digest, long size) {
    return new Passing(shared.keep(digest, size), digest, size, unkept);
  }
}
