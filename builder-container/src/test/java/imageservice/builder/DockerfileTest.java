package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which jars the builder's image takes from where they are built.
final class DockerfileTest {
  private static final Pattern COPY =
      Pattern.compile("COPY (builder-container/target/\\S+) \\$\\{LAMBDA_TASK_ROOT}/lib/");

  /// What is before the version in the name of a jar, or all but the ending.
  private static final Pattern ARTIFACT = Pattern.compile("(.+?)(?:-[0-9].*)?\\.jar");

  @TempDir private Path root = Path.of("unset");

  @Test
  void takesOneJarOfTheBuilderWhateverLiesBesideIt() throws IOException {
    Path target = root.resolve("builder-container/target");
    for (String jar :
        List.of(
            "builder-container-0.1.0-SNAPSHOT.jar",
            "builder-container-0.1.0-SNAPSHOT-tests.jar",
            "builder-container-0.2.0.jar",
            "lib/builder-container.jar",
            "lib/core-0.2.0.jar")) {
      Files.createDirectories(target.resolve(jar).resolveSibling(""));
      Files.createFile(target.resolve(jar));
    }
    assertThat(taken(root)).containsExactlyInAnyOrder("builder-container.jar", "core-0.2.0.jar");
  }

  /// Looks at what the last build has packaged here; nothing was before the first.
  @Test
  void takesNoTwoVersionsOfAJarThatWasPackaged() throws IOException {
    assertThat(taken(Path.of("..")).stream().map(DockerfileTest::artifact)).doesNotHaveDuplicates();
  }

  /// Names of the files that the Dockerfile copies to the class path.
  private static List<String> taken(Path root) throws IOException {
    List<String> taken = new ArrayList<>();
    Matcher copies = COPY.matcher(Files.readString(Path.of("Dockerfile")));
    while (copies.find()) {
      Path source = root.resolve(copies.group(1));
      taken.addAll(
          copies.group(1).endsWith("/")
              ? files(source, "*")
              : files(source.resolveSibling(""), String.valueOf(source.getFileName())));
    }
    return taken;
  }

  private static List<String> files(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      List<String> names = new ArrayList<>();
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
      return names;
    }
  }

  private static String artifact(String jar) {
    Matcher matcher = ARTIFACT.matcher(jar);
    return matcher.matches() ? matcher.group(1) : jar;
  }
}
