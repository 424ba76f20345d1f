package imageservice.builder;

import imageservice.asset.AssetAddress;
import java.io.IOException;

/// The build has another builder by now: stop, and say nothing.
final class LostBuildException extends IOException {
  private static final long serialVersionUID = 1L;

  LostBuildException(AssetAddress address) {
    super("build " + address.buildId() + " has another builder by now");
  }
}
