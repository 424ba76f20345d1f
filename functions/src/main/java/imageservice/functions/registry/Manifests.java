package imageservice.functions.registry;

import imageservice.asset.StoreAddress;
import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.AssetRequest;
import imageservice.functions.asset.Serving;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Body;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.StoredObject;
import imageservice.release.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Answers with manifests themselves, which are small: clients look at a manifest's digest and
/// length first, and not each follows a redirect for that.
public final class Manifests implements Serving {
  /// The length in bytes up to which registries must take manifests (OCI distribution
  /// specification, "Pushing Manifests").
  static final int LONGEST = 4 << 20;

  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final AssetLinks links;

  public Manifests(AssetLinks links) {
    this.links = links;
  }

  /// The index of an image. The answer to HEAD has it too: what is in front of the function tells
  /// its length.
  @Override
  public Answer of(AssetRequest asset, AssetLinks.Found found, StoredObject stored)
      throws IOException {
    Optional<byte[]> index = links.read(asset.address(), LONGEST);
    return index.isPresent()
        ? answer(mediaType(index.get()), index.get()).with("cache-control", "no-cache")
        : Problem.unavailable("the image is no longer in the store; ask again", RETRY);
  }

  /// What an index or manifest says that it is; one of OCI's need not say it.
  private static String mediaType(byte[] content) throws IOException {
    try {
      JsonFields document = JsonFields.foreign(content);
      return document.optionalLine("mediaType").orElse(document.has("layers") ? MANIFEST : INDEX);
    } catch (MalformedJsonException e) {
      throw new IOException("a stored manifest: " + e.getMessage(), e);
    }
  }

  /// Whether an object is a manifest or an index.
  private static boolean isManifest(AssetLinks.Found found) {
    return found.mediaType().endsWith("+json")
        && (found.mediaType().contains(".manifest.") || found.mediaType().contains(".index."));
  }

  /// A manifest that lies in the store; empty where none is there.
  static Optional<Response> stored(AssetLinks links, StoreAddress address) throws IOException {
    Optional<AssetLinks.Found> found = links.find(address).filter(Manifests::isManifest);
    Optional<byte[]> content = found.isPresent() ? links.read(address, LONGEST) : Optional.empty();
    return content.map(bytes -> answer(found.orElseThrow().mediaType(), bytes));
  }

  static Response answer(String mediaType, byte[] content) {
    String digest = Digest.of(content).toString();
    return new Response(200, Map.of("content-type", mediaType), Body.of(content))
        .with("docker-content-digest", digest)
        .with("etag", "\"" + digest + "\"");
  }
}
