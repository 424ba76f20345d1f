package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedKitTest {
  @TempDir private Path home = Path.of("");

  @Test
  void aDistributionsKitIsItsOwn() throws IOException {
    Path kit = Files.createDirectories(home.resolve("grub-kit/kit"));
    Files.writeString(kit.resolve("kit.json"), "{}");
    assertThat(ShippedKit.of(home.toString())).contains(kit);
  }

  @Test
  void oneWithoutAKitAndACheckoutHaveNone() {
    assertThat(ShippedKit.of(home.toString())).isEmpty();
    assertThat(ShippedKit.of(null)).isEmpty();
  }
}
