package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectFolderTest {
  private static final String UUID = "45d096e3-e8ab-43c9-b03a-c4546633273a";

  @TempDir private Path folder = Path.of("");

  @Test
  void removesWhatWasBeingWrittenAndNothingElse() throws IOException {
    String version = "assets/g1/image/02c84/v1.9.5/";
    write(version + "metal-amd64.iso");
    write(version + "kernel-amd64");
    write(version + "kernel-amd64-" + UUID);
    write("assets/.mpus-" + UUID + "-g1/image/02c84/v1.9.5/metal-amd64.iso-1");
    write("assets/.mpus-" + UUID + "-g1/image/02c84/v1.9.5/metal-amd64.iso-2-" + UUID);
    ObjectFolder.sweep(folder);
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrder(version + "metal-amd64.iso", version + "kernel-amd64");
    }
  }

  private void write(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }
}
