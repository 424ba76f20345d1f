package imageservice.builder;

import imageservice.builder.cache.DamagedBlobException;
import imageservice.json.JsonText;
import imageservice.release.TalosVersion;
import java.io.PrintStream;
import java.util.List;

/// Receives one event for each release document that is written or fails.
public interface IndexLog {
  /// A release's document is written.
  ///
  /// @param passedOver names in its catalogues whose images are not below the source's prefix
  void documented(TalosVersion version, List<String> passedOver);

  /// A blob of the cache turned out damaged; the document is made again without it.
  void damaged(TalosVersion version, DamagedBlobException damage);

  /// A release's document could not be made; a later run tries again.
  void failed(TalosVersion version, Exception cause);

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
    return new IndexLog() {
      @Override
      public void documented(TalosVersion version, List<String> passedOver) {
        out.println(
            JsonText.object()
                .put("event", "release document")
                .put("version", version.toString())
                .put("passedOver", passedOver));
      }

      @Override
      public void damaged(TalosVersion version, DamagedBlobException damage) {
        out.println(
            JsonText.object()
                .put("event", "damaged blob")
                .put("version", version.toString())
                .put("cause", String.valueOf(damage.getMessage())));
      }

      @Override
      public void failed(TalosVersion version, Exception cause) {
        out.println(
            JsonText.object()
                .put("event", "release document failure")
                .put("version", version.toString())
                .put("cause", cause.toString()));
      }
    };
  }
}
