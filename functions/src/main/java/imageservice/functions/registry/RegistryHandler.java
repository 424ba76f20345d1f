package imageservice.functions.registry;

import imageservice.functions.http.Answer;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;

/// The paths of a registry that are of no repository.
public final class RegistryHandler {
  private RegistryHandler() {}

  /// `GET /v2/`: that the protocol is spoken here (OCI distribution specification, "Determining
  /// Support").
  public static Answer supported(Request request) {
    return Response.of(200, Response.JSON, "{}")
        .with("docker-distribution-api-version", "registry/2.0");
  }

  /// The answer to every other path.
  public static Response unknown(Request request) {
    return RegistryErrors.of(
        RegistryErrors.Code.NAME_UNKNOWN,
        "unknown registry path: \"%s\"; installer images are metal-installer/ID:VERSION"
            .formatted(request.path()));
  }
}
