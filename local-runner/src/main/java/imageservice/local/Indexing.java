package imageservice.local;

import imageservice.builder.ReleaseIndexing;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.ReleaseIndex;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks at the source for new releases, at the start and every five minutes, sooner where it did
/// not answer. Then the index stays as it was.
final class Indexing implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(5);

  /// The time after which a source is asked again that did not answer or offered nothing.
  private static final Duration RETRY = Duration.ofSeconds(10);

  /// How long a start waits for the first look at the source.
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private final ReleaseIndexing indexing;
  private final CountDownLatch looked = new CountDownLatch(1);
  private final PrintStream log;
  private final Thread thread = Thread.ofPlatform().daemon().name("indexing").unstarted(this::run);

  private Indexing(ReleaseIndexing indexing, PrintStream log) {
    this.indexing = indexing;
    this.log = log;
  }

  /// Starts the thread, and waits for a moment where the table lists no releases, as on a first
  /// start: most sources answer in it. Until one has, the service says that it is not ready.
  static Indexing start(
      ReleaseIndexing releaseIndexing,
      ReleaseLedger releases,
      Optional<Digest> grubKit,
      PrintStream log)
      throws CommandException {
    Indexing indexing = new Indexing(releaseIndexing, log);
    try {
      ReleaseIndex known = releases.read();
      releases.write(known.withGrubKit(grubKit));
      indexing.thread.start();
      if (known.releases().isEmpty()) {
        indexing.looked.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
      }
      return indexing;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted while the releases are read");
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
        boolean renewed = renew();
        looked.countDown();
        Thread.sleep(renewed ? PERIOD : RETRY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A source that does not answer does not stop the service: configurations can be posted, and the
  /// next look may succeed. A release's document is written when a request needs it: this machine
  /// uses few releases, and reading all of them takes gigabytes.
  private boolean renew() {
    try {
      boolean offers = !indexing.renew().releases().isEmpty();
      indexing.complete();
      return offers;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      log.println("releases cannot be listed: " + e.getMessage());
      return false;
    }
  }
}
