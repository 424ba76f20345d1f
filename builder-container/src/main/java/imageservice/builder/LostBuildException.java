package imageservice.builder;

import imageservice.asset.AssetAddress;
import java.io.IOException;

/// Another builder has taken the build over: this one stops and leaves the record alone.
final class LostBuildException extends IOException {
  private static final long serialVersionUID = 1L;

  LostBuildException(AssetAddress address) {
    super("build " + address.buildId() + " has another builder by now");
  }
}
