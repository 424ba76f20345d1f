package imageservice.functions.registry;

import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import java.util.List;
import java.util.Locale;

/// Errors as clients of registries read them: `{"errors":[{"code":…,"message":…}]}` (OCI
/// distribution specification, "Error Codes").
public final class RegistryErrors {
  /// The library of skopeo, Podman, Buildah and CRI-O, which waits after a 429 alone.
  private static final List<String> CONTAINERS =
      List.of("containers/", "skopeo/", "podman/", "buildah/", "cri-o/", "cri-o-");

  private static final int TOO_MANY_REQUESTS = 429;

  private RegistryErrors() {}

  /// The code of an error; `toString` is its name in the specification, or in the registry API
  /// before it for the last four.
  enum Code {
    BLOB_UNKNOWN(404),
    DIGEST_INVALID(400),
    MANIFEST_INVALID(400),
    MANIFEST_UNKNOWN(404),
    NAME_INVALID(400),
    NAME_UNKNOWN(404),
    UNSUPPORTED(405),
    TOOMANYREQUESTS(TOO_MANY_REQUESTS),
    UNAVAILABLE(503),
    PAGINATION_NUMBER_INVALID(400),
    UNKNOWN(500);

    private final int status;

    Code(int status) {
      this.status = status;
    }
  }

  static Response of(Code code, String message) {
    return of(code.status, code, message);
  }

  private static Response of(int status, Code code, String message) {
    JsonText error = JsonText.object().put("code", code.name()).put("message", message);
    return Response.of(
            status, Response.JSON, JsonText.object().put("errors", List.of(error)) + "\n")
        .with("cache-control", "no-store")
        .with("x-content-type-options", "nosniff");
  }

  /// A problem that was found below the registry frontend: one of planning or building an image, or
  /// of the router.
  public static Response of(Problem problem, Request request) {
    boolean isBusy = problem.status() == Code.UNAVAILABLE.status && waitsAfter429Alone(request);
    Code code = isBusy ? Code.TOOMANYREQUESTS : code(problem.status());
    Response response = of(isBusy ? code.status : problem.status(), code, problem.whole());
    return problem
        .retryAfterSeconds()
        .map(seconds -> response.with("retry-after", seconds))
        .orElse(response);
  }

  private static boolean waitsAfter429Alone(Request request) {
    String agent = request.header("user-agent").orElse("").toLowerCase(Locale.ROOT);
    return CONTAINERS.stream().anyMatch(agent::contains);
  }

  private static Code code(int status) {
    return switch (status) {
      case 400 -> Code.MANIFEST_INVALID;
      case 404 -> Code.MANIFEST_UNKNOWN;
      case 405, 501 -> Code.UNSUPPORTED;
      case 503 -> Code.UNAVAILABLE;
      default -> Code.UNKNOWN;
    };
  }
}
