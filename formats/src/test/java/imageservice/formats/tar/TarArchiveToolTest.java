package imageservice.formats.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.SampleDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
final class TarArchiveToolTest {
  private static final long TIME = 1_559_424_892;

  @TempDir Path folder;

  /// 9,216 MiB are more than eleven octal digits tell.
  @ParameterizedTest
  @ValueSource(ints = {16, 9_216})
  void tarTakesOutTheSameSparseFile(int mib) throws IOException {
    Blob disk = SampleDisk.of(mib);
    Path raw = Medium.write(disk, folder.resolve("raw"));
    Path archive = sparse(disk);
    assertThat(archive.toFile().length()).isLessThan(16 << 20);
    assertThat(tar("-tvf", archive.toString()))
        .isEqualTo("-rw-r--r-- 0/0 %15d 2019-06-01 21:34 disk.raw\n".formatted(disk.length()));
    tar("-xSf", archive.toString(), "-C", folder.toString());
    Judge.Verdict same =
        Judge.named("qemu-img").run("compare", raw.toString(), folder + "/disk.raw");
    assertThat(same.output()).isEqualTo("Images are identical.\n");
    assertThat(Judge.named("bsdtar").run("-tvf", archive.toString()).output())
        .contains(Long.toString(disk.length()), "disk.raw");
  }

  /// More pairs than a header and one block after it have.
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 25, 26, 100})
  void tarReadsAnyNumberOfHoles(int holes) throws IOException {
    Extents.Builder content = Extents.builder();
    for (int i = 0; i < holes; i++) {
      content.zeros(1024).add(new byte[] {1}).zeros(511);
    }
    Blob file = content.zeros(5000).build();
    Path archive = sparse(file);
    tar("-xSf", archive.toString(), "-C", folder.toString());
    assertThat(folder.resolve("disk.raw")).hasBinaryContent(file.bytes(1 << 20));
    Judge.named("bsdtar").run("-xf", archive.toString(), "-C", folder.toString());
    assertThat(folder.resolve("disk.raw")).hasBinaryContent(file.bytes(1 << 20));
  }

  @Test
  void tarReadsFilesOfZerosAloneAndOfNoZeros() throws IOException {
    for (Blob content : new Blob[] {SampleDisk.empty(1), Blob.of("text"), Blob.of("")}) {
      Path archive = folder.resolve("archive" + content.length());
      Medium.write(new TarArchive(TIME).sparseFile("disk.raw", content).build(), archive);
      tar("-xf", archive.toString(), "-C", folder.toString());
      assertThat(folder.resolve("disk.raw")).hasBinaryContent(content.bytes(1 << 20));
    }
  }

  @Test
  void tarReadsPlainFilesInTheirOrder() throws IOException {
    Blob archive = new TarArchive(TIME).file("b", Blob.of("two\n")).file("a", Blob.of("")).build();
    assertThat(archive.length() % 10_240).isZero();
    Path file = Medium.write(archive, folder.resolve("tar"));
    assertThat(tar("-tf", file.toString())).isEqualTo("b\na\n");
    assertThat(tar("-xOf", file.toString(), "b")).isEqualTo("two\n");
  }

  @Test
  void refusesNamesThatAHeaderCannotHold() {
    assertThatThrownBy(() -> new TarArchive(TIME).file("n".repeat(100), Blob.of("")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path sparse(Blob content) throws IOException {
    Path archive = folder.resolve("tar");
    Files.deleteIfExists(archive);
    return Medium.write(new TarArchive(TIME).sparseFile("disk.raw", content).build(), archive);
  }

  private static String tar(String... arguments) {
    Judge.Verdict verdict = Judge.named("tar").run(arguments);
    assertThat(verdict.status()).as(verdict.errors()).isZero();
    return verdict.output();
  }
}
