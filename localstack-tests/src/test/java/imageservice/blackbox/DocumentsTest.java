package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What people read in a terminal beside the code.
final class DocumentsTest {
  private static final Path REPOSITORY = Path.of(System.getProperty("repository.folder", ".."));
  private static final int COLUMNS = 120;

  /// What builds and tools leave behind, apart from folders whose names begin with a dot.
  private static final Set<String> MADE = Set.of("target", "node_modules", "cdk.out");

  @Test
  void noLineIsWiderThanAPage() throws IOException {
    List<Path> documents = documents();
    assertThat(documents).contains(REPOSITORY.resolve("README.md"));
    List<String> wide = new ArrayList<>();
    for (Path document : documents) {
      wide.addAll(wide(document));
    }
    assertThat(wide).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      return files.filter(DocumentsTest::isDocument).toList();
    }
  }

  private static boolean isDocument(Path file) {
    for (Path part : REPOSITORY.relativize(file)) {
      if (MADE.contains(part.toString()) || part.toString().startsWith(".")) {
        return false;
      }
    }
    return file.toString().endsWith(".md");
  }

  private static List<String> wide(Path document) throws IOException {
    List<String> lines = Files.readAllLines(document);
    List<String> wide = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int columns = lines.get(i).codePointCount(0, lines.get(i).length());
      if (columns > COLUMNS) {
        wide.add(REPOSITORY.relativize(document) + ":" + (i + 1) + " has " + columns + " columns");
      }
    }
    return wide;
  }
}
