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

/// Which jars the builder's image is made of.
final class PackagedJarsTest {
  /// What is before the version in the name of a jar, or all but the ending.
  private static final Pattern ARTIFACT = Pattern.compile("(.+?)(?:-[0-9].*)?\\.jar");

  /// Looks at what the last build has packaged here; nothing was before the first.
  @Test
  void noTwoVersionsOfAJarWerePackaged() throws IOException {
    assertThat(packaged().stream().map(PackagedJarsTest::artifact)).doesNotHaveDuplicates();
  }

  private static List<String> packaged() throws IOException {
    Path folder = Path.of("target/lib");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
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
