package imageservice.functions.asset;

import imageservice.functions.http.Paths;
import imageservice.functions.http.Response;
import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildState;
import imageservice.plan.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where clients are sent: to the object, or to the same address once more. Neither may be kept by
/// a cache.
public final class Redirects {
  /// Objects may be removed by age; one that was not seen for this long is looked for before
  /// anybody is sent to it.
  private static final Duration TRUSTED = Duration.ofDays(1);

  private static final String CACHE_CONTROL = "private, no-store";

  private final AssetLinks links;
  private final BuildLedger builds;
  private final Waiting waiting;

  public Redirects(AssetLinks links, BuildLedger builds, Waiting waiting) {
    this.links = links;
    this.builds = builds;
    this.waiting = waiting;
  }

  /// To the object, by a link for the request's own method.
  Response toObject(AssetRequest asset) {
    AssetLinks.Method method = asset.isHead() ? AssetLinks.Method.HEAD : AssetLinks.Method.GET;
    return Response.redirect(302, links.presign(asset.objectKey(), method, asset.fileName()))
        .with("cache-control", CACHE_CONTROL);
  }

  /// To itself, with another number, since some clients take the same address twice for a loop.
  static Response toItself(AssetRequest asset, int hop) {
    String kept =
        Stream.concat(
                asset.request().parameters().entrySet().stream()
                    .filter(p -> !p.getKey().equals(Patience.HOP)),
                Stream.of(Map.entry(Patience.HOP, Integer.toString(hop))))
            .map(p -> Paths.encodeParameter(p.getKey()) + "=" + Paths.encodeParameter(p.getValue()))
            .collect(Collectors.joining("&"));
    return Response.redirect(307, Paths.encode(asset.request().path()) + "?" + kept)
        .with("cache-control", "no-store");
  }

  /// Whether an object that was stored is still there.
  boolean isThere(ObjectKey object, BuildState.Ready ready) throws IOException {
    if (waiting.now().isBefore(ready.at().plus(TRUSTED))) {
      return true;
    }
    boolean there = links.exists(object);
    if (there) {
      builds.see(object.buildId(), waiting.now());
    }
    return there;
  }
}
