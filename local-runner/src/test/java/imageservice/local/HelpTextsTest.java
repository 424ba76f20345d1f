package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// `docs/help` has what the commands say of themselves, as `./image-service` shows it without a
/// build. `-Dhelp.record=true` writes it anew, and fails.
final class HelpTextsTest {
  private static final Path FOLDER = Path.of("..", "docs", "help");

  @Test
  void theKeptTextsAreThoseOfTheCommands() throws IOException {
    Map<String, String> texts = texts();
    if (Boolean.getBoolean("help.record")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> text : texts.entrySet()) {
        Files.writeString(FOLDER.resolve(text.getKey()), text.getValue());
      }
      fail("recorded " + texts.keySet());
    }
    assertThat(kept()).as("docs/help; -Dhelp.record=true writes it anew").isEqualTo(texts);
  }

  private static Map<String, String> texts() {
    CommandLine program = new CommandLine(new Main());
    Map<String, String> texts = new TreeMap<>();
    texts.put("image-service.txt", program.getUsageMessage(Ansi.OFF));
    texts.put(
        "version.txt",
        String.join("\n", program.getCommandSpec().version()) + System.lineSeparator());
    program
        .getSubcommands()
        .forEach((name, command) -> {
          if (!command.getCommandSpec().usageMessage().hidden()) {
            texts.put(name + ".txt", command.getUsageMessage(Ansi.OFF));
          }
        });
    return texts;
  }

  private static Map<String, String> kept() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.collect(
          Collectors.toMap(
              file -> file.getFileName().toString(),
              HelpTextsTest::read,
              (a, b) -> a,
              TreeMap::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
