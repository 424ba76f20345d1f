package imageservice.builder.oci;

import imageservice.formats.blob.RunStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// A response body as a stream that fails where no byte comes for a while; the JDK's own waits for
/// ever. It asks the HTTP client for at most one delivery ahead of the reader.
final class RegistryBody extends RunStream implements HttpResponse.BodySubscriber<InputStream> {
  private sealed interface Delivery {
    record Bytes(List<ByteBuffer> buffers) implements Delivery {}

    record End() implements Delivery {}

    record Failure(Throwable cause) implements Delivery {}
  }

  private static final Flow.Subscription NONE = idle();
  private static final Flow.Subscription CLOSED = idle();

  private final Duration patience;
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>(NONE);
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private boolean ended;

  RegistryBody(Duration patience) {
    this.patience = patience;
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
  public int read(byte[] buffer, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, buffer.length);
    if (count == 0) {
      return 0;
    }
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
    switch (next()) {
      case Delivery.Bytes bytes -> take(bytes.buffers());
      case Delivery.End ignored -> ended = true;
      case Delivery.Failure failure -> {
        close();
        throw new IOException("the answer broke off", failure.cause());
      }
    }
  }

  private Delivery next() throws IOException {
    try {
      Delivery next = deliveries.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        close();
        throw new HttpTimeoutException("no byte for " + patience.toMillis() + " ms");
      }
      return next;
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
