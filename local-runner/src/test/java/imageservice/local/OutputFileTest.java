package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OutputFileTest {
  private static final byte[] BYTES = "content".getBytes(StandardCharsets.UTF_8);
  private static final Blob CONTENT = Blob.of(BYTES);

  @TempDir private Path folder = Path.of("");

  @Test
  void tellsWhatItWrote() throws Exception {
    Path file = folder.resolve("a");
    assertThat(write(file).toString())
        .isEqualTo(file + ": 7 bytes, SHA-256 " + Digest.of(BYTES).hex());
    assertThat(file).hasBinaryContent(BYTES);
  }

  @Test
  void replacesWhatALinkNames() throws Exception {
    Path file = Files.createFile(folder.resolve("a"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
    write(link);
    assertThat(link).isSymbolicLink();
    assertThat(file).hasBinaryContent(BYTES);
    assertThat(names()).containsExactlyInAnyOrder("a", "link");
  }

  @Test
  void writesToADeviceAndLeavesItThere() throws Exception {
    Path device = folder.resolve("device");
    Files.createSymbolicLink(device, Path.of("/dev/null"));
    write(device);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThat(device).isSymbolicLink();
  }

  @Test
  void leavesWhatWasThereWhereTheContentCannotBeRead() throws Exception {
    Path file = Files.write(folder.resolve("a"), BYTES);
    Blob broken =
        new Blob() {
          @Override
          public long length() {
            return 7;
          }

          @Override
          public java.io.InputStream open(long offset, long count) throws IOException {
            throw new IOException("broken");
          }
        };
    assertThatThrownBy(() -> new OutputFile(file).write(broken, count -> {}))
        .isInstanceOf(IOException.class);
    assertThat(file).hasBinaryContent(BYTES);
    assertThat(names()).containsExactly("a");
  }

  private static OutputFile.Written write(Path file) throws Exception {
    OutputFile output = new OutputFile(file);
    output.requireWritable();
    return output.write(CONTENT, count -> {});
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList().stream();
    }
  }
}
