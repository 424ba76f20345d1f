package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.release.Digest;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
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
  void zerosTakeNoRoomInAFile() throws Exception {
    Path file = folder.resolve("a");
    Blob disk = Extents.builder().add(CONTENT).zeros(64 << 20).add(CONTENT).build();
    OutputFile.Written written = new OutputFile(file).write(disk, count -> {});
    assertThat(written.size()).isEqualTo(disk.length()).isEqualTo(Files.size(file));
    assertThat(written.digest()).isEqualTo(Digest.of(Files.readAllBytes(file)));
    assertThat(SparseFileTest.room(file)).isLessThan(1 << 20);
  }

  /// As long as the largest disk images are.
  @Tag("slow")
  @Timeout(600)
  @Test
  void zerosTakeNoRoomInElevenGigabytes() throws Exception {
    Path file = folder.resolve("a");
    Blob disk = Extents.builder().add(CONTENT).zeros(11_193L << 20).add(CONTENT).build();
    assertThat(new OutputFile(file).write(disk, count -> {}).size()).isEqualTo(Files.size(file));
    assertThat(SparseFileTest.room(file)).isLessThan(1 << 20);
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
  void makesWhatADanglingLinkNames() throws Exception {
    Files.createDirectory(folder.resolve("below"));
    Path second = Files.createSymbolicLink(folder.resolve("below/second"), Path.of("../a"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("below/second"));
    write(first);
    assertThat(first).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(folder.resolve("a")).hasBinaryContent(BYTES);
  }

  @Test
  void refusesLinksThatLeadNowhere() throws Exception {
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThatThrownBy(() -> write(loop))
        .isInstanceOf(CommandException.class)
        .hasMessage("--output " + loop + ": this link leads nowhere; name a file");
    Path lost = Files.createSymbolicLink(folder.resolve("lost"), Path.of("missing/a"));
    assertThatThrownBy(() -> write(lost))
        .hasMessage(
            "--output %s: there is no folder %s".formatted(lost, real().resolve("missing")));
    Path closed = Files.createSymbolicLink(folder.resolve("closed"), Path.of("/proc/self/fd/9999"));
    assertThatThrownBy(() -> write(closed))
        .hasMessage("--output " + closed + ": nothing is open there; name a file");
    assertThat(names()).containsExactlyInAnyOrder("loop", "lost", "closed");
  }

  @Test
  void addsToAFileThatThisProcessHasOpen() throws Exception {
    Path file = folder.resolve("a");
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(BYTES);
      write(descriptor(file));
    }
    assertThat(file).hasContent("contentcontent");
  }

  /// What `/dev/stdout` names where it was closed before Java began.
  @Test
  void refusesWhatThisProcessOnlyReads() throws Exception {
    Path file = Files.write(folder.resolve("a"), BYTES);
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      Path descriptor = descriptor(file);
      assertThatThrownBy(() -> write(descriptor))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "--output " + descriptor + ": nothing is open there for writing; name a file");
      assertThat(in.readAllBytes()).isEqualTo(BYTES);
    }
  }

  @Test
  void refusesToOverwriteWhatIsRead() throws Exception {
    Path file = Files.createFile(folder.resolve("config.yaml"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatThrownBy(() -> new OutputFile(link).requireNot("--configuration", file))
        .isInstanceOf(CommandException.class)
        .hasMessage("--output " + link + ": this is the file of --configuration; name another");
    new OutputFile(folder.resolve("new")).requireNot("--configuration", file);
  }

  @Test
  void aNameMayHaveTheGreatestLengthAndNoMore() throws Exception {
    write(folder.resolve("x".repeat(255)));
    Path longer = folder.resolve("x".repeat(256));
    assertThatThrownBy(() -> write(longer))
        .hasMessage("--output " + longer + ": the name has more than 255 bytes");
  }

  @Test
  void aFullDeviceIsNamed() {
    assertThatThrownBy(() -> write(Path.of("/dev/full")))
        .isInstanceOf(IOException.class)
        .hasMessage("--output /dev/full cannot be written: No space left on device");
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

  /// The name of what this process has opened.
  private static Path descriptor(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(each -> leadsTo(each, file)).findFirst().orElseThrow();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.isSameFile(descriptor, file);
    } catch (IOException e) {
      return false; // closed by now
    }
  }

  private Path real() throws IOException {
    return folder.toRealPath();
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList().stream();
    }
  }
}
