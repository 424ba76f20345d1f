package imageservice.functions.http;

/// Where requests are reported, one event each. Implementations write ids, status and sizes, never
/// what is in a configuration, which may hold a machine's secrets.
public interface RequestLog {
  void answered(Request request, Response response);

  void failed(Request request, Exception cause);

  /// Reports nothing.
  RequestLog NONE =
      new RequestLog() {
        @Override
        public void answered(Request request, Response response) {}

        @Override
        public void failed(Request request, Exception cause) {}
      };
}
