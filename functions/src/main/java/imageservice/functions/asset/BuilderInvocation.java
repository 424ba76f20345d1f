package imageservice.functions.asset;

import imageservice.ledger.BuildOrder;
import java.io.IOException;

/// How a builder is set to work. Returns at once; what comes of it is seen in the build's record.
public interface BuilderInvocation {
  /// Hands the order over.
  ///
  /// @throws IOException where no builder takes the order now
  void start(BuildOrder order) throws IOException;
}
