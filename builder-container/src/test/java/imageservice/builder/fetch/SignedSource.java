package imageservice.builder.fetch;

import imageservice.asset.AttachmentTag;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.RawManifest;
import imageservice.builder.oci.Referrer;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.Tags;
import imageservice.builder.trust.Material;
import imageservice.builder.trust.SignatureArtifacts;
import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A source in memory that has nothing but signatures, and says what it was asked for.
final class SignedSource implements ImageSource {
  private final Map<String, Digest> tags = new HashMap<>();
  private final Map<Digest, byte[]> contents = new HashMap<>();
  private final List<Referrer> listed = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private @Nullable IOException failure;

  /// What was asked for, in order.
  List<String> asked() {
    return asked;
  }

  /// Every question from now on fails so.
  void fail(IOException cause) {
    failure = cause;
  }

  void work() {
    failure = null;
  }

  /// Puts the content of an artifact in, and gives the manifest's digest.
  Digest put(SignatureArtifacts artifacts) {
    artifacts.contents().forEach(content -> contents.put(Digest.of(content), content));
    return artifacts.digest();
  }

  /// Lists a bundle as registries with such lists do.
  SignedSource list(SignatureArtifacts artifacts) {
    listed.add(artifacts.referrer());
    put(artifacts);
    return this;
  }

  SignedSource tag(Digest image, AttachmentTag.Kind kind, SignatureArtifacts artifacts) {
    tags.put(new AttachmentTag(image, kind).toString(), put(artifacts));
    return this;
  }

  /// Puts material where clients of a registry without lists find it.
  static SignedSource of(Digest image, List<Material> materials) {
    return materials.getFirst() instanceof Material.SimpleSigning
        ? new SignedSource()
            .tag(image, AttachmentTag.Kind.SIGNATURE, SignatureArtifacts.payloads(materials))
        : tagged(image, materials);
  }

  private static SignedSource tagged(Digest image, List<Material> bundles) {
    SignedSource source = new SignedSource();
    List<SignatureArtifacts> artifacts =
        bundles.stream().map(bundle -> SignatureArtifacts.bundle(image, bundle)).toList();
    artifacts.forEach(source::put);
    return source.tag(image, AttachmentTag.Kind.REFERRERS, SignatureArtifacts.index(artifacts));
  }

  private void ask(String what) throws IOException {
    asked.add(what);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Tags tags(String repository, Optional<String> validator) {
    throw new AssertionError("nobody asks for tags");
  }

  @Override
  public Optional<String> prefix() {
    return Optional.empty();
  }

  @Override
  public List<Referrer> referrers(String repository, Digest image) throws IOException {
    ask("referrers " + image);
    return listed;
  }

  @Override
  public Digest resolve(String repository, String tag) throws IOException {
    ask("tag " + tag);
    Digest digest = tags.get(tag);
    if (digest == null) {
      throw new SourceException.NotFound(repository + ":" + tag, "not here", "sign it");
    }
    return digest;
  }

  @Override
  public RawManifest manifest(String repository, Digest digest) throws IOException {
    return new RawManifest("", digest, Blob.of(content("manifest ", digest)));
  }

  @Override
  public InputStream blob(String repository, Descriptor descriptor) throws IOException {
    return new ByteArrayInputStream(content("blob ", descriptor.digest()));
  }

  private byte[] content(String what, Digest digest) throws IOException {
    ask(what + digest);
    byte[] content = contents.get(digest);
    if (content == null) {
      throw new SourceException.NotFound("@" + digest, "not here", "push it");
    }
    return content;
  }
}
