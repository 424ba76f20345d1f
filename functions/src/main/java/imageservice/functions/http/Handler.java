package imageservice.functions.http;

import java.io.IOException;
import java.util.Map;

/// Answers the requests of one route.
@FunctionalInterface
public interface Handler {
  /// The answer to one request.
  ///
  /// @param segments the path's segments by the names in the route's pattern
  Answer handle(Request request, Map<String, String> segments) throws IOException;
}
