package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WarmUpCommandTest {
  @Test
  void startsTheServiceAndEnds() {
    assertThat(Main.run("warm-up")).isZero();
  }
}
