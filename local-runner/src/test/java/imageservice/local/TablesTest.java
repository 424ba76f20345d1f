package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TablesTest {
  @TempDir private Path folder = Path.of("");

  /// Writes items until it is killed, and says so after each.
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      MvItemTable table = Tables.open(Path.of(arguments[0])).builds();
      for (int i = Integer.parseInt(arguments[1]); ; i++) {
        table.create("key" + i, "text".repeat(i % 1000));
        System.out.println(i);
      }
    }
  }

  @Test
  void keepsWhateverWasConfirmedBeforeAKill() throws Exception {
    int confirmed = -1;
    for (int round = 0; round < 4; round++) {
      confirmed = writeUntilKilled(confirmed + 1, 150 * (round + 1));
      try (Tables tables = Tables.open(file())) {
        for (int i = 0; i <= confirmed; i++) {
          assertThat(tables.builds().find("key" + i).orElseThrow().text())
              .isEqualTo("text".repeat(i % 1000));
        }
      }
    }
  }

  @Test
  void keepsTablesApart() throws Exception {
    try (Tables tables = Tables.open(file())) {
      tables.builds().create("key", "build");
      assertThat(tables.configurations().find("key")).isEmpty();
    }
  }

  @Test
  void listsKeysByPrefix() throws Exception {
    try (Tables tables = Tables.open(file())) {
      for (String key : List.of("build#b", "asset#c", "build#a")) {
        tables.builds().create(key, "x");
      }
      assertThat(tables.builds().keys("build#")).containsExactly("build#a", "build#b");
    }
  }

  private Path file() {
    return folder.resolve("tables.mv");
  }

  /// The last item that the writer said to have written; with those that it did not come to say.
  private int writeUntilKilled(int from, int items) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file().toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = from - 1;
    try (BufferedReader out = writer.inputReader()) {
      String line = out.readLine();
      while (line != null) {
        last = Integer.parseInt(line);
        if (last == from + items) {
          writer.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    }
    writer.waitFor();
    assertThat(last).isGreaterThanOrEqualTo(from + items);
    return last;
  }
}
