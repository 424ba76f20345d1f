package imageservice.local;

import imageservice.builder.Builder;
import imageservice.functions.asset.BuilderInvocation;
import imageservice.functions.asset.BusyException;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.BuildOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs the builder on a few threads. Orders are passed as the JSON that the Lambda function
/// receives, and wait in a queue of at most {@value #QUEUE} for as long as it takes.
final class BuilderPool implements BuilderInvocation, AutoCloseable {
  private static final int QUEUE = 256;
  private static final Duration RETRY = Duration.ofSeconds(10);

  /// The patience with a queue that loses no order, as it ends with all who wait.
  static final Duration FOREVER = Duration.ofDays(36_500);

  private final Builder builder;
  private final Duration patience;
  private final Set<BuildOrder> waiting = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads;

  /// @param patience the time after which others take an order for lost
  BuilderPool(Builder builder, int size, Duration patience) {
    this.builder = builder;
    this.patience = patience;
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
    waiting.add(order);
    try {
      threads.execute(() -> {
        waiting.remove(order);
        build(json);
      });
    } catch (RejectedExecutionException e) {
      waiting.remove(order);
      throw new BusyException(
          "busy: %d builds wait for a builder already; ask again".formatted(QUEUE), RETRY);
    }
  }

  int running() {
    return threads.getActiveCount();
  }

  @Override
  public Duration patience() {
    return patience;
  }

  /// The orders that no builder of the pool has taken yet.
  Set<BuildOrder> waiting() {
    return Set.copyOf(waiting);
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
