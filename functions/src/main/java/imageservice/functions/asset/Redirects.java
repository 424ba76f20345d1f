package imageservice.functions.asset;

import imageservice.asset.AssetAddress;
import imageservice.functions.http.Paths;
import imageservice.functions.http.Response;
import imageservice.functions.http.Waiting;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Redirects clients to an asset in the store, or by a hop to the URL that they requested. No cache
/// may keep either.
public final class Redirects {
  /// How long a record is trusted after the product was stored or last found: the bucket removes
  /// objects by age, so after this time the service looks for them before it redirects a client.
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

  /// The redirect to the asset, by a link for the request's own method.
  Response toObject(AssetRequest asset) {
    AssetLinks.Method method = asset.isHead() ? AssetLinks.Method.HEAD : AssetLinks.Method.GET;
    return Response.redirect(302, links.presign(asset.address(), method, asset.fileName()))
        .with("cache-control", CACHE_CONTROL);
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

  /// Whether all objects of a build's product are still in the store.
  boolean isStored(AssetAddress address, BuildState.Ready ready) throws IOException {
    if (waiting.now().isBefore(ready.at().plus(TRUSTED))) {
      return true;
    }
    boolean stored = links.holds(address, ready.product());
    if (stored) {
      builds.see(address, waiting.now());
    }
    return stored;
  }
}
