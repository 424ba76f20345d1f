package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(30), 480);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @Test
  void allowsWhatIsJustFastEnough() {
    Pace pace = new Pace(PATIENCE);
    assertThatNoException()
        .isThrownBy(() -> {
          for (int second = 0; second < 300; second++) {
            pace.count(Duration.ofSeconds(1), 16);
          }
        });
  }

  @Test
  void noticesWhatBecomesSlow() throws IOException {
    Pace pace = new Pace(PATIENCE);
    pace.count(Duration.ofSeconds(29), 1_000_000);
    pace.count(Duration.ofSeconds(1), 0);
    pace.count(Duration.ofSeconds(29), 479);
    assertThatThrownBy(() -> pace.count(Duration.ofSeconds(1), 0))
        .isInstanceOf(IOException.class)
        .hasMessage("too slow: 479 bytes in 30.0 s, at least 480 are needed");
  }

  /// A reader that compresses what it reads may take hours; its source is not to blame.
  @Test
  void countsOnlyTheTimeInWhichTheReaderWaits() throws IOException {
    RegistryBody body = body();
    for (int read = 0; read < 100; read++) {
      body.onNext(List.of(ByteBuffer.allocate(1)));
      now.set(now.get().plusSeconds(30));
      body.read();
    }
    body.onComplete();
    assertThatNoException().isThrownBy(body::read);
  }

  @Test
  void endsABodyThatTrickles() {
    RegistryBody body =
        new RegistryBody(
            PATIENCE,
            Deadline.in(Duration.ofHours(1), () -> now.updateAndGet(each -> each.plusMillis(500))));
    for (int sent = 0; sent < 100; sent++) {
      body.onNext(List.of(ByteBuffer.allocate(1)));
    }
    assertThatThrownBy(body::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("too slow: 60 bytes in 30.0 s");
  }

  @Test
  void endsABodyAtItsDeadlineHoweverFastItIs() throws IOException {
    RegistryBody body = body();
    body.onNext(List.of(ByteBuffer.allocate(1_000_000)));
    body.onNext(List.of(ByteBuffer.allocate(1)));
    body.readNBytes(1_000_000);
    now.set(now.get().plusSeconds(3600));
    assertThatThrownBy(body::read)
        .isInstanceOf(IOException.class)
        .hasMessage("not done after 3600 s");
  }

  private RegistryBody body() {
    return new RegistryBody(PATIENCE, Deadline.in(Duration.ofHours(1), now::get));
  }
}
