package imageservice.builder.oci;

import imageservice.formats.blob.RunStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A response body as a stream that fails where it comes too slowly or too late; the JDK's own
/// waits for ever. It asks the HTTP client for at most one delivery ahead of the reader.
final class RegistryBody extends RunStream implements HttpResponse.BodySubscriber<InputStream> {
  private sealed interface Delivery {
    record Bytes(List<ByteBuffer> buffers) implements Delivery {
      long count() {
        return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
      }
    }

    record End() implements Delivery {}

    record Failure(Throwable cause) implements Delivery {}
  }

  private static final Flow.Subscription NONE = idle();
  private static final Flow.Subscription CLOSED = idle();

  private final Pace pace;
  private final Deadline deadline;
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>(NONE);
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private boolean ended;

  RegistryBody(Patience patience, Deadline deadline) {
    this.pace = new Pace(patience);
    this.deadline = deadline;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    if (subscription.compareAndSet(NONE, newSubscription)) {
      newSubscription.request(1);
    } else {
      newSubscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    deliveries.add(new Delivery.Bytes(item));
  }

  @Override
  public void onError(Throwable throwable) {
    deliveries.add(new Delivery.Failure(throwable));
  }

  @Override
  public void onComplete() {
    deliveries.add(new Delivery.End());
  }

  @Override
  protected int readRun(byte[] buffer, int from, int count) throws IOException {
    while (buffers.isEmpty() && !ended) {
      await();
    }
    if (ended) {
      return -1;
    }
    ByteBuffer next = buffers.getFirst();
    int got = Math.min(count, next.remaining());
    next.get(buffer, from, got);
    if (!next.hasRemaining()) {
      buffers.removeFirst();
    }
    return got;
  }

  @Override
  public void close() {
    ended = true;
    buffers.clear();
    deliveries.clear();
    subscription.getAndSet(CLOSED).cancel();
  }

  private void await() throws IOException {
    try {
      receive();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void receive() throws IOException {
    switch (next()) {
      case null -> {} // the window is over, and enough came in it
      case Delivery.Bytes bytes -> take(bytes.buffers());
      case Delivery.End ignored -> ended = true;
      case Delivery.Failure failure ->
          throw new IOException("the answer broke off", failure.cause());
    }
  }

  private @Nullable Delivery next() throws IOException {
    if (deadline.hasPassed()) {
      throw new IOException(deadline.toString());
    }
    Duration left = deadline.left();
    Duration longest = pace.left().compareTo(left) < 0 ? pace.left() : left;
    Instant begin = deadline.clock().instant();
    Delivery next = poll(longest);
    switch (next) {
      case null -> pace.count(longest, 0);
      case Delivery.Bytes bytes -> pace.count(since(begin), bytes.count());
      case Delivery.End ignored -> {}
      case Delivery.Failure ignored -> {}
    }
    return next;
  }

  private Duration since(Instant begin) {
    return Duration.between(begin, deadline.clock().instant());
  }

  private @Nullable Delivery poll(Duration longest) throws IOException {
    try {
      return deliveries.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    }
  }

  private void take(List<ByteBuffer> items) {
    items.stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
    subscription.get().request(1);
  }

  /// Stands for a subscription that has not come yet, or that was cancelled.
  private static Flow.Subscription idle() {
    return new Flow.Subscription() {
      @Override
      public void request(long count) {}

      @Override
      public void cancel() {}
    };
  }
}
