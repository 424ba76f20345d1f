package imageservice.local;

import imageservice.builder.Builder;
import imageservice.functions.asset.BuilderInvocation;
import imageservice.functions.asset.BusyException;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs the builder on a few threads. Orders are passed as the JSON that the Lambda function
/// receives, and wait in a queue of at most {@value #QUEUE}. The queue loses none, so an order
/// waits in it for as long as it takes.
final class BuilderPool implements BuilderInvocation, AutoCloseable {
  private static final int QUEUE = 256;
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Builder builder;
  private final ThreadPoolExecutor threads;

  BuilderPool(Builder builder, int size) {
    this.builder = builder;
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().daemon().name("builder-", 1).factory());
  }

  @Override
  public void start(BuildOrder order) throws IOException {
    String json = order.toJson();
    try {
      threads.execute(() -> build(json));
    } catch (RejectedExecutionException e) {
      throw new BusyException(
          "busy: %d builds wait for a builder already; ask again".formatted(QUEUE), RETRY);
    }
  }

  int running() {
    return threads.getActiveCount();
  }

  int waiting() {
    return threads.getQueue().size();
  }

  @Override
  public Duration patience() {
    return FOREVER;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /// The builder writes a failure into the build's record; where it cannot, the record's lease ends
  /// and a later request begins the build again.
  private void build(String json) {
    try {
      builder.build(BuildOrder.parse(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(
          "an order that its writer does not understand: " + e.getMessage(), e);
    }
  }
}
