package imageservice.builder;

import imageservice.json.JsonText;
import imageservice.release.TalosVersion;
import java.io.PrintStream;
import java.util.List;

/// Where the indexing of releases is reported, one event each.
public interface IndexLog {
  /// A release's document is written.
  ///
  /// @param passedOver names in its catalogues whose images are not below the source's prefix
  void documented(TalosVersion version, List<String> passedOver);

  /// There is no new document of a release; it is tried again.
  void failed(TalosVersion version, Exception cause);

  IndexLog NONE =
      new IndexLog() {
        @Override
        public void documented(TalosVersion version, List<String> passedOver) {}

        @Override
        public void failed(TalosVersion version, Exception cause) {}
      };

  /// Reports as JSON lines.
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
