package imageservice.functions.release;

import imageservice.release.TalosVersion;
import java.io.IOException;

/// Asks the indexer of the build side to write a release document.
public interface IndexerInvocation {
  /// Asks and returns at once; the indexer writes the document into the table.
  ///
  /// @throws IOException where the indexer cannot be reached
  void start(TalosVersion version) throws IOException;
}
