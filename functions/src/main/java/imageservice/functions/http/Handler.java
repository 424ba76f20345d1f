package imageservice.functions.http;

import java.io.IOException;
import java.util.Map;

/// Answers the requests of one route.
@FunctionalInterface
public interface Handler {
  /// The answer to one request.
  ///
  /// @param segments what stands in the path at the route's `{names}`
  Answer handle(Request request, Map<String, String> segments) throws IOException;
}
