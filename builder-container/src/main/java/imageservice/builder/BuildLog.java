package imageservice.builder;

import imageservice.asset.AssetAddress;
import imageservice.builder.cache.DamagedBlobException;
import imageservice.json.JsonText;
import imageservice.ledger.EventLines;
import imageservice.ledger.FailureKind;
import imageservice.ledger.Metric;
import imageservice.ledger.Stage;
import imageservice.release.Digest;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/// Receives one event for each build: ids, sizes and durations, never a plan's contents.
public interface BuildLog {
  /// A product is stored.
  ///
  /// @param bytes of the asset
  /// @param copied whether the store copied another asset of the same plan
  /// @param stages how long each took
  void built(
      AssetAddress address,
      long bytes,
      Duration took,
      boolean copied,
      SortedMap<Stage, Duration> stages);

  /// A blob of the cache turned out damaged; the build begins again without it.
  void damaged(AssetAddress address, DamagedBlobException damage);

  void failed(AssetAddress address, FailureKind kind, Exception cause);

  /// Another builder has taken the record over.
  void lost(AssetAddress address);

  /// Material could not be kept for other builders, who fetch it from its source again.
  ///
  /// @param bytes of the material
  void unkept(Digest material, long bytes, Exception cause);

  /// The builder took an order and could not be set up.
  void unable(Exception cause);

  BuildLog NONE =
      new BuildLog() {
        @Override
        public void built(
            AssetAddress address,
            long bytes,
            Duration took,
            boolean copied,
            SortedMap<Stage, Duration> stages) {}

        @Override
        public void damaged(AssetAddress address, DamagedBlobException damage) {}

        @Override
        public void failed(AssetAddress address, FailureKind kind, Exception cause) {}

        @Override
        public void lost(AssetAddress address) {}

        @Override
        public void unkept(Digest material, long bytes, Exception cause) {}

        @Override
        public void unable(Exception cause) {}
      };

  /// Writes each event as a line of JSON.
  static BuildLog json(PrintStream out) {
    return json(EventLines.plain(out));
  }

  /// Writes each event as a line of JSON. What fails for what was asked is measured as no failure:
  /// nobody but the client can do anything about it.
  static BuildLog json(EventLines lines) {
    return new BuildLog() {
      @Override
      public void built(
          AssetAddress address,
          long bytes,
          Duration took,
          boolean copied,
          SortedMap<Stage, Duration> stages) {
        JsonText each = JsonText.object();
        stages.forEach((stage, time) -> {
          each.put(stage.toString(), time.toMillis());
          lines.measure(Metric.STAGE_TIME, time.toMillis(), Map.of("stage", stage.toString()));
        });
        lines.write(
            event("build", address)
                .put("bytes", bytes)
                .put("milliseconds", took.toMillis())
                .put("copied", copied)
                .put("stages", each),
            Map.of(Metric.BUILDS, 1L, Metric.BUILD_TIME, took.toMillis()),
            Map.of("kind", address.asset().kind().toString()));
      }

      @Override
      public void damaged(AssetAddress address, DamagedBlobException damage) {
        lines.write(
            event("damaged blob", address).put("cause", String.valueOf(damage.getMessage())));
      }

      @Override
      public void failed(AssetAddress address, FailureKind kind, Exception cause) {
        lines.write(
            event("build failure", address).put("kind", kind.name()).put("cause", trace(cause)),
            switch (kind) {
              case INPUT -> Map.of();
              case SOURCE -> Map.of(Metric.BUILD_FAILURES, 1L, Metric.SOURCE_ERRORS, 1L);
              case STORAGE, DEFECT -> Map.of(Metric.BUILD_FAILURES, 1L);
            },
            Map.of("cause", kind.name().toLowerCase(Locale.ROOT)));
      }

      @Override
      public void lost(AssetAddress address) {
        lines.write(event("lost build", address));
      }

      @Override
      public void unkept(Digest material, long bytes, Exception cause) {
        lines.write(
            JsonText.object()
                .put("event", "unkept material")
                .put("material", material.toString())
                .put("bytes", bytes)
                .put("cause", cause.toString()));
      }

      @Override
      public void unable(Exception cause) {
        lines.write(
            JsonText.object().put("event", "setup failure").put("cause", trace(cause)),
            Map.of(Metric.SETUP_FAILURES, 1L));
      }
    };
  }

  private static JsonText event(String name, AssetAddress address) {
    return JsonText.object().put("event", name).put("object", address.toString());
  }

  /// An exception with its causes.
  static String trace(Exception cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
