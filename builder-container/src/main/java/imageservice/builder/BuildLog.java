package imageservice.builder;

import imageservice.asset.AssetAddress;
import imageservice.builder.cache.DamagedBlobException;
import imageservice.json.JsonText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

/// Receives one event for each build: ids, sizes and durations, never a plan's contents.
public interface BuildLog {
  /// A product is stored.
  ///
  /// @param bytes of the asset
  /// @param copied whether the store copied another asset of the same plan
  void built(AssetAddress address, long bytes, Duration took, boolean copied);

  /// A blob of the cache turned out damaged; the build begins again without it.
  void damaged(AssetAddress address, DamagedBlobException damage);

  void failed(AssetAddress address, Exception cause);

  BuildLog NONE =
      new BuildLog() {
        @Override
        public void built(AssetAddress address, long bytes, Duration took, boolean copied) {}

        @Override
        public void damaged(AssetAddress address, DamagedBlobException damage) {}

        @Override
        public void failed(AssetAddress address, Exception cause) {}
      };

  /// Writes each event as a line of JSON.
  static BuildLog json(PrintStream out) {
    return new BuildLog() {
      @Override
      public void built(AssetAddress address, long bytes, Duration took, boolean copied) {
        out.println(
            JsonText.object()
                .put("event", "build")
                .put("object", address.toString())
                .put("bytes", bytes)
                .put("milliseconds", took.toMillis())
                .put("copied", copied));
      }

      @Override
      public void damaged(AssetAddress address, DamagedBlobException damage) {
        out.println(
            JsonText.object()
                .put("event", "damaged blob")
                .put("object", address.toString())
                .put("cause", String.valueOf(damage.getMessage())));
      }

      @Override
      public void failed(AssetAddress address, Exception cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        out.println(
            JsonText.object()
                .put("event", "build failure")
                .put("object", address.toString())
                .put("cause", trace.toString()));
      }
    };
  }
}
