package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SendingTest {
  /// As of a copy of 6 GiB.
  private static final int PARTS = 100;

  private final AtomicInteger underWay = new AtomicInteger();
  private final CountDownLatch full = new CountDownLatch(Sending.AT_ONCE);

  @Test
  void aLargeObjectHasAFewRequestsUnderWayAtOnce() throws IOException {
    List<Long> progress = new ArrayList<>();
    try (Sending<Integer> sending = new Sending<>()) {
      for (int part = 0; part < PARTS; part++) {
        int number = sending.next();
        sending.begin(1, () -> stored(number));
      }
      assertThat(sending.results(progress::add))
          .isEqualTo(IntStream.rangeClosed(1, PARTS).boxed().toList());
    }
    assertThat(progress.getLast()).isEqualTo(PARTS);
  }

  /// Waits until there are as many as there may be.
  private int stored(int number) {
    assertThat(underWay.incrementAndGet()).isLessThanOrEqualTo(Sending.AT_ONCE);
    full.countDown();
    try {
      full.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    underWay.decrementAndGet();
    return number;
  }
}
