package imageservice.local;

import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers malformed requests, which reach no function, and closes their connections: where a
/// malformed request ends is unknown, so the next one cannot be read.
final class GatewayErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    int status =
        request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException refused
            ? refused.getCode()
            : response.getStatus();
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    String id = UUID.randomUUID().toString();
    GatewayResponse.refusal(status, HttpStatus.getMessage(status), id).send(request, response);
    callback.succeeded();
    return true;
  }
}
