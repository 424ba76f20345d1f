package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Registries that ask for time, or take it.
@Timeout(60)
final class RegistrySlownessTest extends RegistryFixture {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Patience SHORT = new Patience(HOUR, HOUR, Duration.ofMillis(200), 1500);

  private final CountDownLatch end = new CountDownLatch(1);
  private final byte[] content = random(2000);

  @Test
  void waitsAsLongAsItIsAskedAndTriesAgain() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(429, "7", 1));
    assertThat(source(registry).tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("v1"), Optional.empty()));
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void waitsUntilADate() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(503, "Fri, 02 Jan 2026 03:04:25 GMT", 1));
    source(registry).tags("imager", Optional.empty());
    assertThat(waits).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void doublesItsWaitsAndScattersThem() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(500, "", 3));
    assertThat(source(registry).tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("v1"), Optional.empty()));
    assertThat(waits)
        .containsExactly(Duration.ofMillis(750), Duration.ofMillis(1500), Duration.ofMillis(3000));
  }

  @Test
  void givesUpAndSaysHowLongToWait() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(429, "30", 99));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOfSatisfying(
            SourceException.Unavailable.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(30)))
        .hasMessage(
            "imager: %s/siderolabs/ answered 429 and asks to wait 30 s; try again later or check the network"
                .formatted(registry.authority()));
    assertThat(registry.requests()).hasSize(4);
  }

  @Test
  void waitsNotAtAllWhereItIsAskedToWaitLong() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(503, "3600", 99));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageContaining("answered 503 and asks to wait 3600 s");
    assertThat(registry.requests()).hasSize(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void waitsOnlyWhileTimeIsLeft() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> {
      now.set(now.get().plusSeconds(15));
      return failing(503, "20", 99).handle(exchange);
    });
    Patience patience = new Patience(Duration.ofSeconds(51), HOUR, HOUR, 1);
    RegistrySource source = source(RegistryAccess.anonymous(registry.prefix()), patience);
    assertThatThrownBy(() -> source.tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Unavailable.class);
    assertThat(waits).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(20));
  }

  @Test
  void asksAgainForTheRestOfABodyThatStops() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    registry.first(once(exchange -> stall(exchange, Arrays.copyOf(content, 1000), end)));
    RegistrySource source = source(RegistryAccess.anonymous(registry.prefix()), SHORT);
    assertThat(ImageSourceContract.read(source, blob)).isEqualTo(content);
    assertThat(registry.requests().getLast()).endsWith("Range=bytes=1000-");
  }

  @Test
  void saysHowSlowABodyWasThatAlwaysStops() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    registry.first(exchange -> {
      stall(exchange, new byte[0], end);
      return true;
    });
    RegistrySource source = source(RegistryAccess.anonymous(registry.prefix()), SHORT);
    assertThatThrownBy(() -> ImageSourceContract.read(source, blob))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessage(
            "imager@%s: broke off at byte 0 of 2000 (too slow: 0 bytes in 0.2 s, at least 1500 are needed); try again later or check the network"
                .formatted(blob.digest()));
    assertThat(registry.requests()).hasSize(4);
  }

  @Test
  void endsADownloadWhoseTimeIsUp() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    registry.first(exchange -> {
      stall(exchange, Arrays.copyOf(content, 1000), end);
      return true;
    });
    Patience patience = new Patience(HOUR, Duration.ofMinutes(10), HOUR, 1);
    RegistrySource source = source(RegistryAccess.anonymous(registry.prefix()), patience);
    try (InputStream in = source.blob("imager", blob)) {
      assertThat(in.readNBytes(1000)).hasSize(1000);
      now.set(NOW.plusSeconds(600));
      assertThatThrownBy(in::read)
          .isInstanceOf(SourceException.Unavailable.class)
          .hasMessageContaining("broke off at byte 1000 of 2000 (not done after 600 s)");
    }
    assertThat(registry.requests()).hasSize(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void endsADocumentThatStops() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> {
      stall(exchange, "{".getBytes(java.nio.charset.StandardCharsets.UTF_8), end);
      return true;
    });
    RegistrySource source = source(RegistryAccess.anonymous(registry.prefix()), SHORT);
    assertThatThrownBy(() -> source.tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageContaining("too slow: 1 bytes in 0.2 s");
  }
}
