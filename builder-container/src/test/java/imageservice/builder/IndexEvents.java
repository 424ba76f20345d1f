package imageservice.builder;

import imageservice.builder.cache.DamagedBlobException;
import imageservice.release.TalosVersion;
import java.util.List;

/// Writes down, in order, the documents that were written or failed.
///
/// @param written what to do after a document is written
record IndexEvents(List<String> events, Runnable written) implements IndexLog {
  @Override
  public void documented(TalosVersion version, List<String> passedOver) {
    events.add(version + " " + passedOver);
    written.run();
  }

  @Override
  public void damaged(TalosVersion version, DamagedBlobException damage) {
    events.add(version + " damaged: " + damage.digest());
  }

  @Override
  public void failed(TalosVersion version, Exception cause) {
    events.add(version + " failed: " + cause.getClass().getSimpleName());
  }
}
