package imageservice.local;

import imageservice.functions.http.Problem;
import imageservice.functions.http.Responder;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers malformed requests, which reach no function, and closes their connections: where a
/// malformed request ends is unknown, so the next one cannot be read.
final class GatewayErrors implements Request.Handler {
  private final Responder responder;

  GatewayErrors(Responder responder) {
    this.responder = responder;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    GatewayRequest given = GatewayRequest.malformed(request);
    Problem problem = problem(given, request, response.getStatus());
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    GatewayResponse.of(responder.respond(given.toRequest(), problem)).send(request, response);
    callback.succeeded();
    return true;
  }

  private Problem problem(GatewayRequest given, Request request, int status) {
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    if (cause instanceof HttpException refused) {
      return refusal(refused.getCode(), refused.getReason());
    }
    if (cause instanceof Exception failure) {
      responder.log().failed(given.toRequest(), failure);
    }
    return refusal(status, null);
  }

  /// HTTP/2 cannot be had by an upgrade either, so that 426 would promise too much.
  private static Problem refusal(int status, @Nullable String reason) {
    return Problem.of(
        status == HttpStatus.UPGRADE_REQUIRED_426
            ? HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
            : status,
        detail(status, reason));
  }

  private static String detail(int status, @Nullable String reason) {
    return switch (status) {
      case HttpStatus.REQUEST_TIMEOUT_408 -> "the request did not arrive in time";
      case HttpStatus.URI_TOO_LONG_414 ->
          "the address is longer than " + Gateway.LARGEST_HEAD + " bytes";
      case HttpStatus.EXPECTATION_FAILED_417 ->
          "nothing but 100-continue can be expected here; leave out the header Expect";
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          "the address and headers are longer than " + Gateway.LARGEST_HEAD + " bytes";
      case HttpStatus.UPGRADE_REQUIRED_426, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ->
          "this version of HTTP is not spoken here; use HTTP/1.1";
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "internal server error";
      default ->
          reason == null || reason.equals(HttpStatus.getMessage(status))
              ? "malformed request: the address or a header cannot be read"
              : "malformed request: " + reason;
    };
  }
}
