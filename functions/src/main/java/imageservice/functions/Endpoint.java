package imageservice.functions;

import imageservice.functions.http.PathPattern;
import java.util.Arrays;
import java.util.Optional;

/// The route table: every path that the service answers, and the Lambda function that answers it.
/// The functions make their routers from it, the gateway of `local-runner` finds the function by
/// it, and a test compares the stack's routes with it. `FIRST_API` marks the paths of the API
/// before `/schematics`.
public enum Endpoint {
  CREATE_CONFIGURATION(Owner.CONFIGURATION, "POST", "/schematics"),
  CONFIGURATION(Owner.CONFIGURATION, "GET", "/schematics/{id}"),
  CHANGES(Owner.ASSET, "GET", "/schematics/{id}/changes"),
  CREATE_CONFIGURATION_FIRST_API(Owner.CONFIGURATION, "POST", "/configuration"),
  CONFIGURATION_FIRST_API(Owner.CONFIGURATION, "GET", "/configuration/{id}"),
  LINKS(Owner.ASSET, "GET", "/image/{id}/{version}"),
  LOCK(Owner.ASSET, "GET", "/image/{id}/{version}/lock"),
  ASSET(Owner.ASSET, "GET", "/image/{id}/{version}/{path}"),
  BUILD(Owner.ASSET, "GET", "/builds/{key}"),
  TALOSCTL_LIST(Owner.ASSET, "GET", "/talosctl/{version}"),
  TALOSCTL(Owner.ASSET, "GET", "/talosctl/{version}/{path}"),
  EXTENSIONS(Owner.ASSET, "GET", "/version/{version}/extensions/official"),
  OVERLAYS(Owner.ASSET, "GET", "/version/{version}/overlays/official"),
  PXE_LIST(Owner.ASSET, "GET", "/pxe"),
  PXE(Owner.ASSET, "GET", "/pxe/{id}/{version}/{path}"),
  REGISTRY(Owner.REGISTRY, "GET", "/v2"),
  REGISTRY_SLASH(Owner.REGISTRY, "GET", "/v2/"),
  MANIFEST(Owner.REGISTRY, "GET", "/v2/{image}/{id}/manifests/{reference}"),
  BLOB(Owner.REGISTRY, "GET", "/v2/{image}/{id}/blobs/{digest}"),
  TAGS(Owner.REGISTRY, "GET", "/v2/{image}/{id}/tags/list"),
  REFERRERS(Owner.REGISTRY, "GET", "/v2/{image}/{id}/referrers/{digest}"),
  SIGNING_KEY(Owner.REGISTRY, "GET", "/oci/cosign/signing-key.pub"),
  REGISTRY_OTHER(Owner.REGISTRY, "GET", "/v2/{path+}"),
  FRONT_PAGE(Owner.RELEASE, "GET", "/"),
  OPENAPI(Owner.RELEASE, "GET", "/openapi.json"),
  CHOICES(Owner.RELEASE, "GET", "/web/choices/{version}"),
  WEB_FILE(Owner.RELEASE, "GET", "/web/{path+}"),
  VERSIONS(Owner.RELEASE, "GET", "/versions"),
  SECURE_BOOT_CERTIFICATE(Owner.RELEASE, "GET", "/secureboot/signing-cert.pem"),
  SECURE_BOOT_CERTIFICATE_DER(Owner.RELEASE, "GET", "/secureboot/signing-cert.der"),
  LIVE(Owner.RELEASE, "GET", "/healthz"),
  READY(Owner.RELEASE, "GET", "/readyz");

  /// The Lambda functions. One function owns all paths with the same first segment, but for those
  /// with a row of another owner.
  public enum Owner {
    /// Reads and writes configurations.
    CONFIGURATION,
    /// Orders builds and asks the indexer for release documents.
    ASSET,
    /// Answers clients of registries, and orders builds like the one for assets.
    REGISTRY,
    /// Only reads tables, settings and the files of the pages; answers the 404 for unknown paths.
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

  /// Whether a function answers it: its owner does, and for a slash without a path behind it, which
  /// API Gateway takes for none of the registry's routes, the default route's function too.
  boolean isAnsweredBy(Owner function) {
    return owner == function || (this == REGISTRY_SLASH && function == Owner.RELEASE);
  }

  /// The HTTP method; `GET` stands for HEAD as well.
  public String method() {
    return method;
  }

  public PathPattern pattern() {
    return PathPattern.of(pattern);
  }

  /// The first row with this path, whatever the method.
  public static Optional<Endpoint> of(String path) {
    return Arrays.stream(values())
        .filter(endpoint -> endpoint.pattern().match(path).isPresent())
        .findFirst();
  }

  /// The function that owns the path, or where the table does not have it, its first segment.
  public static Owner ownerOf(String path) {
    String first = PathPattern.firstSegment(path);
    return of(path)
        .or(() ->
            Arrays.stream(values())
                .filter(endpoint -> endpoint.pattern().firstSegment().equals(first))
                .findFirst())
        .map(Endpoint::owner)
        .orElse(Owner.RELEASE);
  }
}
