package imageservice.functions.registry;

import imageservice.asset.ContentAddress;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Handler;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// `GET /v2/{image}/{id}/blobs/{digest}`: redirects to the blob in the store. Images of all
/// configurations share their blobs, so that any repository has those of every other.
public final class BlobHandler implements Handler {
  private final Repositories repositories;
  private final AssetLinks links;
  private final boolean answersHead;

  /// @param answersHead whether HEAD is answered here with the blob's length; else it is redirected
  ///   like GET
  public BlobHandler(Repositories repositories, AssetLinks links, boolean answersHead) {
    this.repositories = repositories;
    this.links = links;
    this.answersHead = answersHead;
  }

  @Override
  public Answer handle(Request request, Map<String, String> segments) throws IOException {
    String text = Repositories.segment(segments, "digest");
    Optional<Digest> digest = Digest.parse(text);
    return switch (repositories.named(request, segments)) {
      case Repositories.Unknown unknown -> unknown.error();
      case Repositories.Named ignored ->
          digest.isPresent() ? blob(request, digest.get()) : Repositories.invalidDigest(text);
    };
  }

  private Answer blob(Request request, Digest digest) throws IOException {
    ContentAddress address = new ContentAddress(digest);
    Optional<AssetLinks.Found> found = links.find(address);
    if (found.isEmpty()) {
      return RegistryErrors.of(
          RegistryErrors.Code.BLOB_UNKNOWN,
          "no blob %s is here; pull the image by its tag, which builds it".formatted(digest));
    }
    boolean isHead = request.method().equals("HEAD");
    return isHead && answersHead
        ? head(found.get(), digest)
        : redirect(address, isHead ? AssetLinks.Method.HEAD : AssetLinks.Method.GET, digest);
  }

  private static Response head(AssetLinks.Found found, Digest digest) {
    return Response.of(200)
        .with("content-type", "application/octet-stream")
        .with("content-length", Long.toString(found.size()))
        .with("docker-content-digest", digest.toString())
        .with("accept-ranges", "bytes");
  }

  private Response redirect(ContentAddress address, AssetLinks.Method method, Digest digest) {
    return Response.redirect(307, links.presign(address, method, Optional.empty()))
        .with("docker-content-digest", digest.toString())
        .with("cache-control", "private, no-store");
  }
}
