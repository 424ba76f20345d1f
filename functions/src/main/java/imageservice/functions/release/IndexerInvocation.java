package imageservice.functions.release;

import imageservice.release.TalosVersion;
import java.io.IOException;

/// Asks the builder's side to write a release's document.
public interface IndexerInvocation {
  /// Returns at once; the document appears in the table when it is written.
  ///
  /// @throws IOException where nobody could be asked
  void start(TalosVersion version) throws IOException;
}
