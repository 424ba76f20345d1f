package imageservice.functions.asset;

import imageservice.functions.http.HttpDate;
import imageservice.functions.http.Paths;
import imageservice.functions.http.Response;
import imageservice.ledger.StoredObject;
import imageservice.release.Digest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sends clients to an asset in the store, or by a hop to the URL that they requested. No cache may
/// keep either.
public final class Redirects implements Serving {
  private static final String CACHE_CONTROL = "private, no-store";

  /// The SHA-256 of the asset in hex; on a redirect too, so that a client knows it before the
  /// bytes.
  private static final String CHECKSUM = "x-checksum-sha256";

  private final AssetLinks links;
  private final boolean answersHead;

  /// @param answersHead whether HEAD is answered here with the asset's length; else it is
  ///   redirected like GET
  public Redirects(AssetLinks links, boolean answersHead) {
    this.links = links;
    this.answersHead = answersHead;
  }

  @Override
  public boolean hasPage() {
    return true;
  }

  /// The redirect to the asset, by a link for the request's own method. HEAD is answered here where
  /// the front passes its length on: many clients turn a redirected HEAD into GET, which a link for
  /// HEAD refuses.
  @Override
  public Response of(AssetRequest asset, AssetLinks.Found found, StoredObject stored) {
    if (asset.isHead() && answersHead) {
      return head(asset, found, stored);
    }
    AssetLinks.Method method = asset.isHead() ? AssetLinks.Method.HEAD : AssetLinks.Method.GET;
    return Response.redirect(302, link(asset, method))
        .with(CHECKSUM, stored.digest().hex())
        .with("cache-control", CACHE_CONTROL);
  }

  private String link(AssetRequest asset, AssetLinks.Method method) {
    return asset.isPlainHttp()
        ? links.presignPlain(asset.address(), method, asset.fileName())
        : links.presign(asset.address(), method, asset.fileName());
  }

  /// The headers that the store would send, and the digest (RFC 9530).
  private static Response head(AssetRequest asset, AssetLinks.Found found, StoredObject stored) {
    String fileName = asset.fileName().orElse(asset.address().asset().fileName());
    return Response.of(200)
        .with("content-type", found.mediaType())
        .with("content-length", Long.toString(found.size()))
        .with("accept-ranges", "bytes")
        .with("last-modified", HttpDate.of(found.lastModified()))
        .with("etag", found.tag())
        .with("content-disposition", S3AssetLinks.disposition(fileName))
        .with("repr-digest", "sha-256=:" + base64(stored.digest()) + ":")
        .with(CHECKSUM, stored.digest().hex())
        .with("cache-control", CACHE_CONTROL);
  }

  private static String base64(Digest digest) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
  }

  /// The hop of this number, which is part of the URL, since some clients take a repeated URL for a
  /// loop.
  static Response toItself(AssetRequest asset, int hop) {
    String kept =
        Stream.concat(
                asset.request().parameters().entrySet().stream()
                    .filter(p -> !p.getKey().equals(Hops.PARAMETER)),
                Stream.of(Map.entry(Hops.PARAMETER, Integer.toString(hop))))
            .map(p -> Paths.encodeParameter(p.getKey()) + "=" + Paths.encodeParameter(p.getValue()))
            .collect(Collectors.joining("&"));
    return Response.redirect(307, Paths.encode(asset.request().path()) + "?" + kept)
        .with("cache-control", "no-store");
  }
}
