package imageservice.functions;

import imageservice.functions.http.PathPattern;
import java.util.Arrays;

/// The route table: every path that is answered, and the Lambda function that answers it. The
/// functions make their routers from it, the laptop's gateway finds the function by it, and the
/// stack's routes are compared with it.
public enum Endpoint {
  CREATE_CONFIGURATION(Owner.CONFIGURATION, "POST", "/schematics"),
  CONFIGURATION(Owner.CONFIGURATION, "GET", "/schematics/{id}"),
  CREATE_CONFIGURATION_AS_BEFORE(Owner.CONFIGURATION, "POST", "/configuration"),
  CONFIGURATION_AS_BEFORE(Owner.CONFIGURATION, "GET", "/configuration/{id}"),
  ASSET(Owner.ASSET, "GET", "/image/{id}/{version}/{path}"),
  BUILD(Owner.ASSET, "GET", "/builds/{key}"),
  TALOSCTL_LIST(Owner.ASSET, "GET", "/talosctl/{version}"),
  TALOSCTL(Owner.ASSET, "GET", "/talosctl/{version}/{path}"),
  EXTENSIONS(Owner.ASSET, "GET", "/version/{version}/extensions/official"),
  OVERLAYS(Owner.ASSET, "GET", "/version/{version}/overlays/official"),
  PXE_LIST(Owner.ASSET, "GET", "/pxe"),
  PXE(Owner.ASSET, "GET", "/pxe/{id}/{version}/{path}"),
  VERSIONS(Owner.RELEASE, "GET", "/versions"),
  LIVE(Owner.RELEASE, "GET", "/healthz"),
  READY(Owner.RELEASE, "GET", "/readyz");

  /// The Lambda functions. All paths below one first segment belong to one of them.
  public enum Owner {
    /// Reads and writes configurations.
    CONFIGURATION,
    /// Has assets built and releases read.
    ASSET,
    /// Only reads, and answers every path that no endpoint has with 404.
    RELEASE
  }

  private final Owner owner;
  private final String method;
  private final String pattern;

  Endpoint(Owner owner, String method, String pattern) {
    this.owner = owner;
    this.method = method;
    this.pattern = pattern;
  }

  public Owner owner() {
    return owner;
  }

  /// The method; `GET` stands for HEAD as well.
  public String method() {
    return method;
  }

  public PathPattern pattern() {
    return PathPattern.of(pattern);
  }

  /// The function that answers a path, by the path's first segment.
  public static Owner ownerOf(String path) {
    String first = PathPattern.firstSegment(path);
    return Arrays.stream(values())
        .filter(endpoint -> endpoint.pattern().firstSegment().equals(first))
        .findFirst()
        .map(Endpoint::owner)
        .orElse(Owner.RELEASE);
  }
}
