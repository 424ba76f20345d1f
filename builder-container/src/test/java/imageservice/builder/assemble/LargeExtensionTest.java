package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory does not grow with extensions: a heap that could never hold one suffices.
final class LargeExtensionTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void assemblesFourTimesItsHeap() throws Exception {
    assertAssembles("24m", 100);
  }

  @Test
  @Tag("slow")
  void assembles400MegabytesIn96() throws Exception {
    assertAssembles("96m", 400);
  }

  private void assertAssembles(String heap, int megabytes)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-Xmx" + heap,
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeExtension.class.getName(),
                    folder.resolve("blobs").toString(),
                    Integer.toString(megabytes)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(Long.parseLong(said.strip())).isGreaterThan((long) megabytes << 20);
  }
}
