package imageservice.functions.asset;

import imageservice.ledger.BuildOrder;
import java.io.IOException;

/// Hands orders to a builder.
public interface BuilderInvocation {
  /// Hands an order over and returns at once; the builder writes the outcome into the build's
  /// record.
  ///
  /// @throws IOException where no builder takes the order now
  void start(BuildOrder order) throws IOException;
}
