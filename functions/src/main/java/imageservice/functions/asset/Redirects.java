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

/// Redirects of clients: to the object, or to the address that they asked for. No cache may keep
/// either.
public final class Redirects {
  /// The bucket removes objects by age: one that was not seen for this long is looked for before a
  /// client is sent to it.
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
    return Response.redirect(302, links.presign(asset.address(), method, asset.fileName()))
        .with("cache-control", CACHE_CONTROL);
  }

  /// To the address that was asked for, with the number of the redirect, since some clients take
  /// the same address twice for a loop.
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

  /// Whether what a build stored is still there: the asset and all that it refers to.
  boolean isThere(AssetAddress address, BuildState.Ready ready) throws IOException {
    if (waiting.now().isBefore(ready.at().plus(TRUSTED))) {
      return true;
    }
    boolean there = links.holds(address, ready.product());
    if (there) {
      builds.see(address, waiting.now());
    }
    return there;
  }
}
