package imageservice.builder;

import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.oci.SourceException;
import imageservice.json.JsonText;
import imageservice.ledger.EventLines;
import imageservice.ledger.Metric;
import imageservice.release.TalosVersion;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/// Receives one event for each release document that is written or fails, and for the index.
public interface IndexLog {
  /// A release's document is written.
  ///
  /// @param passedOver names in its catalogues whose images are not below the source's prefix
  void documented(TalosVersion version, List<String> passedOver);

  /// A blob of the cache turned out damaged; the document is made again without it.
  void damaged(TalosVersion version, DamagedBlobException damage);

  /// A release's document could not be made; a later run tries again.
  void failed(TalosVersion version, Exception cause);

  /// The index was compared with the source's list.
  ///
  /// @param count releases on offer
  default void renewed(int count) {}

  /// The indexer took an event and could not be set up.
  default void unable(Exception cause) {}

  IndexLog NONE =
      new IndexLog() {
        @Override
        public void documented(TalosVersion version, List<String> passedOver) {}

        @Override
        public void damaged(TalosVersion version, DamagedBlobException damage) {}

        @Override
        public void failed(TalosVersion version, Exception cause) {}
      };

  /// Writes each event as a line of JSON.
  static IndexLog json(PrintStream out) {
    return json(EventLines.plain(out));
  }

  /// Writes each event as a line of JSON.
  static IndexLog json(EventLines lines) {
    return new IndexLog() {
      @Override
      public void documented(TalosVersion version, List<String> passedOver) {
        lines.write(
            JsonText.object()
                .put("event", "release document")
                .put("version", version.toString())
                .put("passedOver", passedOver));
      }

      @Override
      public void damaged(TalosVersion version, DamagedBlobException damage) {
        lines.write(
            JsonText.object()
                .put("event", "damaged blob")
                .put("version", version.toString())
                .put("cause", String.valueOf(damage.getMessage())));
      }

      @Override
      public void failed(TalosVersion version, Exception cause) {
        lines.write(
            JsonText.object()
                .put("event", "release document failure")
                .put("version", version.toString())
                .put("cause", cause.toString()),
            cause instanceof SourceException ? Map.of(Metric.SOURCE_ERRORS, 1L) : Map.of());
      }

      @Override
      public void renewed(int count) {
        lines.write(
            JsonText.object().put("event", "index").put("releases", count),
            Map.of(Metric.INDEX_RENEWALS, 1L));
      }

      @Override
      public void unable(Exception cause) {
        lines.write(
            JsonText.object().put("event", "setup failure").put("cause", BuildLog.trace(cause)),
            Map.of(Metric.SETUP_FAILURES, 1L));
      }
    };
  }
}
