package imageservice.builder.material;

import imageservice.ledger.InputProgress;
import java.util.List;

/// What has come from the source for one plan since somebody began to look.
@FunctionalInterface
public interface Fetching extends AutoCloseable {
  /// The plan's images that come or have come, in the order in which they began; an image that is
  /// in the cache is not among them.
  List<InputProgress> inputs();

  /// Ends the look.
  @Override
  default void close() {}
}
