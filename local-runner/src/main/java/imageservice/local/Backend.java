package imageservice.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import imageservice.functions.Endpoint;
import imageservice.functions.http.Responder;
import java.util.Map;

/// What answers behind the gateway.
///
/// @param functions one for each owner of endpoints; the route table tells which one answers a path
/// @param downloads answers for the paths of objects
/// @param direct which redirects to objects are followed here
/// @param responder makes the gateway's own refusals
/// @param measurements count each request, and are answered themselves
record Backend(
    Map<Endpoint.Owner, RequestStreamHandler> functions,
    ObjectDownloads downloads,
    Direct direct,
    Responder responder,
    Measurements measurements) {
  /// All of whose redirects are followed by clients.
  Backend(
      Map<Endpoint.Owner, RequestStreamHandler> functions,
      ObjectDownloads downloads,
      Responder responder,
      Measurements measurements) {
    this(functions, downloads, Direct.never(), responder, measurements);
  }
}
