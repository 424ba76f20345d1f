package imageservice.builder;

import java.io.IOException;

/// The build has another builder by now: stop, and say nothing.
final class LostBuildException extends IOException {
  private static final long serialVersionUID = 1L;

  LostBuildException(String buildId) {
    super("build " + buildId + " has another builder by now");
  }
}
