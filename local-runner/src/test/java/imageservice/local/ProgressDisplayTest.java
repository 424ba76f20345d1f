package imageservice.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.local.ProgressDisplay.Form;
import imageservice.local.ProgressDisplay.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressDisplayTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void drawsOneBarInItsPlaceAndKeepsWhatIsOver() {
    try (ProgressDisplay display = display(Form.bar)) {
      display.follow(() ->
          List.of(
              new Step("fetching imager", 5_000_000, 5_000_000),
              new Step("fetching siderolabs/hello", 1_500_000, 3_000_000)));
      display.show();
      display.follow(List::of);
    }
    String screen = out.toString(UTF_8);
    assertThat(screen)
        .containsOnlyOnce("\r\u001b[Kfetching imager: 5.0 MB\n")
        .contains(
            "\r\u001b[Kfetching siderolabs/hello [###############               ] 1.5 of 3.0 MB\r")
        .endsWith("\r\u001b[K");
    assertThat(screen).containsOnlyOnce("\n");
  }

  @Test
  void writesLinesWithoutControlCharactersWhereThereIsNoTerminal() {
    try (ProgressDisplay display = display(Form.lines)) {
      display.follow(() -> List.of(new Step("fetching imager", 1_000_000, 5_000_000)));
      display.show();
      display.follow(() -> List.of(new Step("writing metal-amd64.iso", 7_000_000, 7_000_000)));
    }
    assertThat(out.toString(UTF_8).lines())
        .contains("fetching imager: 1.0 of 5.0 MB")
        .endsWith("writing metal-amd64.iso: 7.0 MB");
    assertThat(out.toString(UTF_8)).doesNotContain("\r", "\u001b");
  }

  @Test
  void saysNothingWhereNothingIsWanted() {
    try (ProgressDisplay display = display(Form.none)) {
      display.follow(() -> List.of(new Step("fetching imager", 1, 1)));
    }
    assertThat(out.size()).isZero();
  }

  private ProgressDisplay display(Form form) {
    return new ProgressDisplay(new PrintStream(out, false, UTF_8), form);
  }
}
