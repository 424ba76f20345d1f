package imageservice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file of the cache holds, it is a package or it is said to be damaged. The inputs are
/// packages as {@link DebianFile} makes them.
final class DebianPackageFuzzTest {
  @TempDir private static Path folder = Path.of("");

  @FuzzTest
  void anythingElseIsSaidToBeDamaged(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("a.deb"), bytes);
    try {
      new DebianPackage(file).extract(path -> path.startsWith("bin/"), folder);
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("a.deb is damaged (");
    }
  }
}
