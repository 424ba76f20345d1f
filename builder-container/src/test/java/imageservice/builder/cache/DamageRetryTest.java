package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DamageRetryTest {
  private final Deque<IOException> failures = new ArrayDeque<>();
  private final List<DamagedBlobException> heard = new ArrayList<>();

  @Test
  void givesWhatWorksAtOnce() throws IOException {
    assertThat(run()).isEqualTo("done");
    assertThat(heard).isEmpty();
  }

  @Test
  void repeatsWorkOnceForEachOfTwoDamagedBlobs() throws IOException {
    failures.add(damage("a"));
    failures.add(damage("b"));
    assertThat(run()).isEqualTo("done");
    assertThat(heard)
        .extracting(DamagedBlobException::digest)
        .containsExactly(Digest.of(new byte[] {'a'}), Digest.of(new byte[] {'b'}));
  }

  @Test
  void failsWhereABlobIsDamagedAgain() {
    DamagedBlobException again = damage("a");
    failures.add(damage("a"));
    failures.add(again);
    assertThatThrownBy(this::run).isSameAs(again);
    assertThat(heard).hasSize(1);
  }

  @Test
  void failsWhereAThirdBlobIsDamaged() {
    DamagedBlobException third = damage("c");
    failures.add(damage("a"));
    failures.add(damage("b"));
    failures.add(third);
    assertThatThrownBy(this::run).isSameAs(third);
  }

  @Test
  void repeatsNoOtherFailure() {
    IOException other = new IOException("other");
    failures.add(other);
    assertThatThrownBy(this::run).isSameAs(other);
  }

  private String run() throws IOException {
    return DamageRetry.run(
        () -> {
          IOException failure = failures.poll();
          if (failure != null) {
            throw failure;
          }
          return "done";
        },
        heard::add);
  }

  private static DamagedBlobException damage(String content) {
    return new DamagedBlobException(
        Digest.of(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)), "is damaged", null);
  }
}
