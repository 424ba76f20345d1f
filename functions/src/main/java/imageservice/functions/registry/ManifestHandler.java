package imageservice.functions.registry;

import imageservice.asset.Asset;
import imageservice.asset.AttachmentTag;
import imageservice.asset.ContentAddress;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.Delivery;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.functions.release.ReleaseReadiness;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `GET /v2/{image}/{id}/manifests/{reference}`: by tag the index of an image, which is built where
/// it is not there yet; by digest the index or a manifest that was built before; by a tag made of
/// an index's digest what belongs to it.
public final class ManifestHandler implements Handler {
  static final String LATEST = "latest";

  private final Repositories repositories;
  private final ReleaseLedger releases;
  private final ReleaseReadiness readiness;
  private final AssetLinks links;
  private final Attachments attachments;
  private final Delivery delivery;

  /// @param delivery of installer images, by {@link Manifests}
  public ManifestHandler(
      Repositories repositories,
      ReleaseLedger releases,
      ReleaseReadiness readiness,
      AssetLinks links,
      Attachments attachments,
      Delivery delivery) {
    this.repositories = repositories;
    this.releases = releases;
    this.readiness = readiness;
    this.links = links;
    this.attachments = attachments;
    this.delivery = delivery;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    return switch (repositories.named(request, segments)) {
      case Repositories.Unknown unknown -> unknown.error();
      case Repositories.Named(Repository repository) ->
          answer(request, repository, Repositories.segment(segments, "reference"));
    };
  }

  private Answer answer(Request request, Repository repository, String reference)
      throws IOException {
    if (reference.indexOf(':') >= 0) {
      Optional<Digest> digest = Digest.parse(reference);
      return digest.isPresent() ? byDigest(digest.get()) : Repositories.invalidDigest(reference);
    }
    if (reference.equals(LATEST)) {
      Optional<TalosVersion> newest = newest();
      return newest.isPresent()
          ? byVersion(request, repository, newest.get())
          : readiness.notReady();
    }
    Optional<AttachmentTag> attachment = AttachmentTag.parse(reference);
    if (attachment.isPresent()) {
      return attached(repository, attachment.get());
    }
    Optional<TalosVersion> version = TalosVersion.parse(reference);
    return version.isPresent()
        ? byVersion(request, repository, version.get())
        : unknownTag(reference);
  }

  /// The newest release that is no pre-release.
  private Optional<TalosVersion> newest() throws IOException {
    return releases.read().versions().stream()
        .filter(version -> version.preRelease().isEmpty())
        .reduce((earlier, later) -> later);
  }

  private Answer attached(Repository repository, AttachmentTag tag) throws IOException {
    Optional<Response> manifest = attachments.find(repository, tag);
    return manifest.isPresent() ? manifest.get() : unknownTag(tag.toString());
  }

  private static Answer unknownTag(String tag) {
    return RegistryErrors.of(
        RegistryErrors.Code.MANIFEST_UNKNOWN,
        "no image with the tag \"%s\": tags are Talos versions such as v1.11.0, and latest"
            .formatted(tag));
  }

  private Answer byDigest(Digest digest) throws IOException {
    Optional<Response> manifest = Manifests.stored(links, new ContentAddress(digest));
    return manifest.isPresent()
        ? manifest.get().with("cache-control", "public, max-age=31536000, immutable")
        : RegistryErrors.of(
            RegistryErrors.Code.MANIFEST_UNKNOWN,
            "no manifest %s is here; pull the image by its tag, which builds it".formatted(digest));
  }

  /// What a client accepts are types of manifests, and not a wish for the build's status.
  private Answer byVersion(Request request, Repository repository, TalosVersion version)
      throws IOException {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.remove("accept");
    headers.remove("prefer");
    Asset image = repository.image(version);
    return delivery.answer(
        new Request(
            request.method(),
            request.path(),
            request.query(),
            headers,
            request.body(),
            request.id()),
        image,
        image.fileName());
  }
}
