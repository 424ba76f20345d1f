package imageservice.builder;

import imageservice.json.JsonText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

/// Where builds are reported, one event each: ids, sizes and durations, never a plan's contents.
public interface BuildLog {
  void built(String objectKey, long bytes, Duration took, boolean copied);

  void failed(String objectKey, Exception cause);

  BuildLog NONE =
      new BuildLog() {
        @Override
        public void built(String objectKey, long bytes, Duration took, boolean copied) {}

        @Override
        public void failed(String objectKey, Exception cause) {}
      };

  /// Reports as JSON lines.
  static BuildLog json(PrintStream out) {
    return new BuildLog() {
      @Override
      public void built(String objectKey, long bytes, Duration took, boolean copied) {
        out.println(
            JsonText.object()
                .put("event", "build")
                .put("object", objectKey)
                .put("bytes", bytes)
                .put("milliseconds", took.toMillis())
                .put("copied", copied));
      }

      @Override
      public void failed(String objectKey, Exception cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        out.println(
            JsonText.object()
                .put("event", "build failure")
                .put("object", objectKey)
                .put("cause", trace.toString()));
      }
    };
  }
}
