package imageservice.builder.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a catalogue holds, only {@link MalformedCatalogueException} escapes, with one line.
final class CatalogueFuzzTest {
  private static final long SEED = 20261124L;
  private static final int ROUNDS = 10_000;
  private static final String DIGEST = "sha256:" + "a".repeat(64);
  private static final byte[] LINES =
      bytes("ghcr.io/siderolabs/a:1@%1$s\nghcr.io:5000/my-org/b-c/d:v2@%1$s\n".formatted(DIGEST));
  private static final byte[] DESCRIPTIONS =
      bytes("ghcr.io/siderolabs/a:1@%s:\n  author: A\n  description: |\n    D\n".formatted(DIGEST));
  private static final byte[] OVERLAYS =
      bytes(
          "overlays:\n- name: a\n  image: ghcr.io/siderolabs/b:1\n  digest: %s\n"
              .formatted(DIGEST));
  private static final String SYNTAX = "@:/.-\n\t\r \"'[]{}&*!|>%?,#~A\0";

  private interface Parse {
    void run() throws MalformedCatalogueException;
  }

  private final Random random = new Random(SEED);
  private int accepted;
  private int refused;

  @Test
  void onlyMalformedCatalogueEscapes() {
    for (int round = 0; round < ROUNDS; round++) {
      attempt(
          round,
          () ->
              ExtensionCatalogue.parse(
                  mutated(LINES), Optional.of(mutated(DESCRIPTIONS)), Optional.of("r.example/")));
      attempt(round, () -> OverlayCatalogue.parse(mutated(OVERLAYS), Optional.empty()));
    }
    assertThat(accepted).as("seed %d", SEED).isPositive();
    assertThat(refused).as("seed %d", SEED).isPositive();
  }

  private void attempt(int round, Parse parse) {
    try {
      parse.run();
      accepted++;
    } catch (MalformedCatalogueException e) {
      refused++;
      assertThat(e.getMessage()).as("seed %d, round %d", SEED, round).hasLineCount(1);
    } catch (RuntimeException e) {
      fail("seed %d, round %d".formatted(SEED, round), e);
    }
  }

  private byte[] mutated(byte[] content) {
    byte[] changed = content.clone();
    for (int i = random.nextInt(4); i > 0; i--) {
      changed[random.nextInt(changed.length)] =
          random.nextInt(8) == 0
              ? (byte) random.nextInt()
              : (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
    }
    return changed;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
