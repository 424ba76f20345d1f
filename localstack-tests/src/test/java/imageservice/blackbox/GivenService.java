package imageservice.blackbox;

import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/// A service that somebody else runs: what is behind it cannot be reached.
record GivenService(String url) implements ServiceUnderTest {
  @Override
  public boolean hasSyntheticRelease() {
    return false;
  }

  @Override
  public String log() {
    throw unreachable();
  }

  @Override
  public Path releases() {
    throw unreachable();
  }

  @Override
  public FaultyRegistry registry() {
    throw unreachable();
  }

  @Override
  public int clientsAtOnce() {
    return 100;
  }

  @Override
  public void removeObject(String link) {
    throw unreachable();
  }

  @Override
  public void cutObject(String link, int length) {
    throw unreachable();
  }

  @Override
  public void killBuilders() {
    throw unreachable();
  }

  @Override
  public void forgetImages() {
    throw unreachable();
  }

  @Override
  public void restart() {
    throw unreachable();
  }

  @Override
  public void close() {}

  private static TestAbortedException unreachable() {
    return new TestAbortedException("SKIPPED: needs a service of our own");
  }
}
