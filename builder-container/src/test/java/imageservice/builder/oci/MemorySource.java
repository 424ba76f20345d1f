package imageservice.builder.oci;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Serves from memory and counts.
public final class MemorySource implements ImageSource {
  private final TestImages images;
  private final List<String> asked = new ArrayList<>();
  private final List<String> withoutImage = new ArrayList<>();
  private Optional<String> validator = Optional.empty();

  public MemorySource(TestImages images) {
    this.images = images;
  }

  /// What was asked for, in order: `resolve`, `manifest` or `blob`.
  public List<String> asked() {
    return asked;
  }

  @Override
  public Tags tags(String repository, Optional<String> validator) {
    List<String> all = new ArrayList<>(images.tags().keySet());
    all.addAll(withoutImage);
    return new Tags.Listed(all, this.validator);
  }

  /// Lists a tag that leads to no image, and has a validator for the list.
  void listWithoutImage(String tag) {
    withoutImage.add(tag);
    validator = Optional.of("of the list");
  }

  @Override
  public Optional<String> prefix() {
    return Optional.of("registry.example/siderolabs/");
  }

  @Override
  public Digest resolve(String repository, String tag) throws SourceException {
    asked.add("resolve");
    Digest digest = images.tags().get(tag);
    if (digest == null) {
      throw new SourceException.NotFound(repository + ":" + tag, "not here", "push it");
    }
    return digest;
  }

  @Override
  public RawManifest manifest(String repository, Digest digest) {
    asked.add("manifest");
    return new RawManifest("", digest, Blob.of(content(digest)));
  }

  @Override
  public InputStream blob(String repository, Descriptor descriptor) {
    asked.add("blob");
    return new VerifiedStream(
        new ByteArrayInputStream(content(descriptor.digest())), repository, descriptor);
  }

  private byte[] content(Digest digest) {
    return Objects.requireNonNull(images.blobs().get(digest));
  }
}
