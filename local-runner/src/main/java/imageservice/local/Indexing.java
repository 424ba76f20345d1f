package imageservice.local;

import imageservice.builder.ReleaseIndexing;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/// Looks at the source for new releases, at the start and every five minutes. Where the source does
/// not answer, the index stays as it was.
final class Indexing implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(5);

  private final ReleaseIndexing indexing;
  private final PrintStream log;
  private final Thread thread = Thread.ofPlatform().daemon().name("indexing").unstarted(this::run);

  private Indexing(ReleaseIndexing indexing, PrintStream log) {
    this.indexing = indexing;
    this.log = log;
  }

  /// Starts the thread. Until its first look at the source is over, the service says that it is not
  /// ready where the table lists no releases, as on a first start.
  static Indexing start(
      ReleaseIndexing releaseIndexing,
      ReleaseLedger releases,
      Optional<Digest> grubKit,
      PrintStream log)
      throws CommandException {
    Indexing indexing = new Indexing(releaseIndexing, log);
    try {
      releases.write(releases.read().withGrubKit(grubKit));
      indexing.thread.start();
      return indexing;
    } catch (IOException e) {
      throw new CommandException("the index of releases cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        renew();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A source that does not answer does not stop the service: configurations can be posted, and the
  /// next look may succeed. A release's document is written when a request needs it: this machine
  /// uses few releases, and reading all of them takes gigabytes.
  private void renew() {
    try {
      indexing.renew();
      indexing.complete();
    } catch (IOException | RuntimeException e) {
      log.println("releases cannot be listed: " + e.getMessage());
    }
  }
}
