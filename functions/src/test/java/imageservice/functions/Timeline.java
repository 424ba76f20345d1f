package imageservice.functions;

import imageservice.functions.http.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// A time that passes when somebody waits, and what happens in it.
public final class Timeline implements Waiting {
  private final List<Due> due = new ArrayList<>();
  private final Semaphore pauses = new Semaphore(0);
  private volatile Instant now = Instant.parse("2026-08-01T12:00:00Z");
  private volatile boolean still;

  /// Something that happens.
  public interface Step {
    void run() throws IOException;
  }

  private record Due(Instant at, Step step) {}

  /// From now on no time passes by waiting: for callers that wait at the same time.
  void standStill() {
    still = true;
  }

  /// Does this once so much time has passed.
  void after(Duration delay, Step step) {
    due.add(new Due(now.plus(delay), step));
  }

  /// Does this once callers have waited so often.
  void afterPauses(int waits, Step step) {
    pauses.acquireUninterruptibly(waits);
    run(step);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Watch watch(String key) {
    return new Watch() {
      @Override
      public void await(Duration longest) {
        pause(longest);
      }

      @Override
      public void close() {}
    };
  }

  void pause(Duration duration) {
    pauses.release();
    if (still) {
      LockSupport.parkNanos(1_000_000);
    } else {
      advance(duration);
    }
  }

  private synchronized void advance(Duration duration) {
    Instant until = now.plus(duration);
    List<Due> reached = due.stream().filter(d -> !d.at().isAfter(until)).toList();
    due.removeAll(reached);
    for (Due one : reached) {
      now = one.at();
      run(one.step());
    }
    now = until;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
