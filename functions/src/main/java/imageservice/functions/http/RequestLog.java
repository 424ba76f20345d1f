package imageservice.functions.http;

/// Receives one event for each request and each failure. Implementations write ids, status and
/// sizes, never the content of a configuration, which may hold a machine's secrets.
public interface RequestLog {
  /// The service answered a request.
  void answered(Request request, Response response);

  /// A handler threw `cause`; the answer is a 500 or 503.
  void failed(Request request, Exception cause);

  /// Drops all events.
  RequestLog NONE =
      new RequestLog() {
        @Override
        public void answered(Request request, Response response) {}

        @Override
        public void failed(Request request, Exception cause) {}
      };
}
