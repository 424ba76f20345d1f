package imageservice.infra;

import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogDestination;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogSettings;

/// One line of JSON for each request: what was asked, what was answered, and what went wrong
/// between the two. No body, no query, no header, and no client's address: an HTTP API can shut
/// nobody out by it. No record: the stack's maker takes an accessor named like a property for the
/// property.
final class AccessLog implements IAccessLogSettings {
  /// Variables of HTTP APIs. Those of REST APIs have other names, and log `-` here.
  private static final List<String> VARIABLES =
      List.of(
          "requestId",
          "requestTimeEpoch",
          "httpMethod",
          "routeKey",
          "path",
          "status",
          "responseLength",
          "responseLatency",
          "integrationLatency",
          "integrationStatus",
          "integrationErrorMessage",
          "error.responseType");

  private final IAccessLogDestination log;

  AccessLog(IAccessLogDestination log) {
    this.log = log;
  }

  @Override
  public IAccessLogDestination getDestination() {
    return log;
  }

  /// Each variable under its own name. All are texts: API Gateway writes `-` for what it does not
  /// know.
  @Override
  public AccessLogFormat getFormat() {
    return AccessLogFormat.custom(
        VARIABLES.stream()
            .map(name -> "\"%s\":\"$context.%s\"".formatted(name, name))
            .collect(Collectors.joining(",", "{", "}")));
  }
}
