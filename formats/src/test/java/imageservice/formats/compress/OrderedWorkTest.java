package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OrderedWorkTest {
  private final List<Integer> results = new ArrayList<>();

  @Test
  void resultsComeInTheOrderOfTheirPieces() throws IOException {
    try (OrderedWork<Integer> work = new OrderedWork<>("test")) {
      for (int i = 0; i < 1_000; i++) {
        int number = i;
        work.add(() -> slowly(number), results::add);
      }
      work.finish();
    }
    assertThat(results).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
  }

  /// Every seventh piece takes longer than its neighbours.
  private static int slowly(int number) {
    for (int i = 0; number % 7 == 0 && i < 10_000; i++) {
      Thread.onSpinWait();
    }
    return number;
  }

  @Test
  void fewPiecesAreInMemory() throws IOException {
    AtomicInteger inside = new AtomicInteger();
    int most = 3 * Runtime.getRuntime().availableProcessors();
    try (OrderedWork<Integer> work = new OrderedWork<>("test")) {
      for (int i = 0; i < 1_000; i++) {
        inside.incrementAndGet();
        work.add(() -> 1, one -> inside.addAndGet(-one));
        assertThat(inside).hasValueLessThanOrEqualTo(most);
      }
      work.finish();
    }
    assertThat(inside).hasValue(0);
  }

  @Test
  void aSinkThatFailsEndsTheWork() {
    try (OrderedWork<Integer> work = new OrderedWork<>("test")) {
      assertThatThrownBy(
              () -> {
                work.add(
                    () -> 1,
                    ignored -> {
                      throw new IOException("full");
                    });
                work.finish();
              })
          .isInstanceOf(IOException.class)
          .hasMessage("full");
    }
  }

  @Test
  void whoeverIsInterruptedStopsAndSoDoesItsWork() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    try (OrderedWork<Integer> work = new OrderedWork<>("test")) {
      work.add(() -> waitFor(stopped), results::add);
      Thread.currentThread().interrupt();
      assertThatThrownBy(work::finish).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    stopped.await();
    assertThat(results).isEmpty();
  }

  private static int waitFor(CountDownLatch stopped) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      stopped.countDown();
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
