package imageservice.functions.asset;

import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.time.Duration;

/// Hands orders to a builder.
public interface BuilderInvocation {
  /// Hands an order over and returns at once; the builder writes the outcome into the build's
  /// record.
  ///
  /// @throws BusyException where so many orders wait that it takes no more now
  /// @throws IOException where no builder takes the order
  void start(BuildOrder order) throws IOException;

  /// The time after which an order that no builder has taken counts as lost on its way.
  Duration patience();
}
