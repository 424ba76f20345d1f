package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `docs/commands.md` has every command and every option of `serve`, and no other.
final class CommandsDocumentTest {
  private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");
  private static final Set<String> INTERNAL = Set.of("warm-up");

  private final CommandLine program = new CommandLine(new Main());
  private final String document = read();

  private static String read() {
    try {
      return Files.readString(
          Path.of(System.getProperty("repository.folder", ".."), "docs", "commands.md"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandLine serve() {
    return Objects.requireNonNull(program.getSubcommands().get("serve"));
  }

  @Test
  void optionsOfServe() {
    Set<String> there =
        serve().getCommandSpec().options().stream()
            .flatMap(option -> Arrays.stream(option.names()))
            .filter(name -> name.startsWith("--") && !OF_EVERY_COMMAND.contains(name))
            .collect(Collectors.toSet());
    String table = document.substring(document.indexOf("| option"), document.indexOf("State surv"));
    Set<String> told =
        table
            .lines()
            .filter(row -> row.startsWith("|"))
            .map(row -> row.split("(?<!\\\\)\\|", 3)[1])
            .flatMap(cell -> Pattern.compile("--[a-z0-9-]+").matcher(cell).results())
            .map(MatchResult::group)
            .filter(name -> !name.matches("-+"))
            .collect(Collectors.toSet());
    assertThat(told).isEqualTo(there);
  }

  @Test
  void commands() {
    List<String> told =
        document
            .lines()
            .filter(line -> line.startsWith("## "))
            .flatMap(line -> Arrays.stream(line.substring(3).split(" and ")))
            .toList();
    assertThat(program.getSubcommands().keySet())
        .filteredOn(name -> !INTERNAL.contains(name))
        .containsExactlyInAnyOrderElementsOf(told);
  }
}
