package imageservice.local;

import imageservice.ledger.ReleaseLedger;
import imageservice.release.ReleaseIndex;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks at the source for new releases, at the start and every five minutes. Where it does not
/// answer, what was known stays.
final class Indexing implements AutoCloseable {
  private static final long MINUTES = 5;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("indexing").factory());
  private final BuildSide side;
  private final ReleaseLedger releases;
  private final PrintStream log;

  private Indexing(BuildSide side, ReleaseLedger releases, PrintStream log) {
    this.side = side;
    this.releases = releases;
    this.log = log;
  }

  /// Returns once an index is there: the new one, or the one of a former run, which is then renewed
  /// in the background.
  static Indexing start(BuildSide side, ReleaseLedger releases, PrintStream log)
      throws CommandException {
    Indexing indexing = new Indexing(side, releases, log);
    try {
      ReleaseIndex known = releases.read();
      boolean usable = !known.releases().isEmpty() && known.grubKit().equals(side.kitDigest());
      if (!usable) {
        indexing.first(known);
      }
      indexing.thread.scheduleWithFixedDelay(
          indexing::renew, usable ? 0 : MINUTES, MINUTES, TimeUnit.MINUTES);
      return indexing;
    } catch (IOException e) {
      throw new CommandException("the index of releases cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /// A source that does not answer is no reason not to start: configurations can be posted, and the
  /// next look may succeed.
  private void first(ReleaseIndex known) throws IOException {
    releases.write(new ReleaseIndex(known.releases(), side.kitDigest()));
    renew();
  }

  private void renew() {
    try {
      releases.write(side.index(releases.read()));
    } catch (IOException | RuntimeException e) {
      log.println("releases cannot be listed: " + e.getMessage());
    }
  }
}
