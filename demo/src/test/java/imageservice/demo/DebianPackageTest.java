package imageservice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DebianPackageTest {
  private static final Map<String, byte[]> FILES =
      new TreeMap<>(
          Map.of(
              "bin/busybox", "a program".getBytes(StandardCharsets.US_ASCII),
              "usr/share/doc/copyright", new byte[3000],
              "../../outside", "x".getBytes(StandardCharsets.US_ASCII)));

  @TempDir Path folder = Path.of("unset");

  private SortedMap<String, Blob> extract(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("some_1_amd64.deb"), bytes);
    Path into = Files.createDirectories(folder.resolve("files"));
    return new DebianPackage(file).extract(path -> !path.startsWith("usr/"), into);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".xz", ".zst", ".gz"})
  void readsTheFilesThatAreWanted(String suffix) throws IOException {
    SortedMap<String, Blob> files = extract(DebianFile.of(FILES, suffix));
    assertThat(files.keySet()).containsExactly("../../outside", "bin/busybox");
    assertThat(files.getOrDefault("bin/busybox", Blob.of("")).bytes(100))
        .asString()
        .isEqualTo("a program");
    try (var all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
          .containsExactlyInAnyOrder("some_1_amd64.deb", "files/0", "files/1");
    }
  }

  @Test
  void refusesWhatIsNoPackage() {
    assertThatThrownBy(() -> extract(DebianFile.ar().member("data.tar", "").toBytes()))
        .hasMessage(
            "some_1_amd64.deb is damaged (ar: first member at byte 8: is not debian-binary): delete it, and start again");
    byte[] empty = DebianFile.ar().member("debian-binary", "2.0\n").toBytes();
    assertThatThrownBy(() -> extract(empty))
        .hasMessage(
            "some_1_amd64.deb is damaged (ar: members at byte 8: have no data.tar): delete it, and start again");
    byte[] unknown =
        DebianFile.ar().member("debian-binary", "2.0\n").member("data.tar.lzma", "").toBytes();
    assertThatThrownBy(() -> extract(unknown))
        .hasMessage(
            "some_1_amd64.deb is damaged (ar: members at byte 8: have an unknown data.tar.lzma): delete it, and start again");
  }

  /// Neither unchecked exceptions nor files that are shorter than they were.
  @ParameterizedTest
  @ValueSource(strings = {".xz", ".zst", ".gz"})
  void anythingCutOffIsSaidToBeDamaged(String suffix) {
    byte[] whole = DebianFile.of(FILES, suffix);
    for (int length = 0; length < whole.length - 1; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> extract(cut))
          .as("%d of %d bytes", length, whole.length)
          .isExactlyInstanceOf(IOException.class)
          .hasMessageStartingWith("some_1_amd64.deb is damaged (")
          .hasMessageEndingWith("): delete it, and start again");
    }
  }

  /// The tar fills a record of 20 blocks, behind which its reader does not look.
  @Test
  void checksumsBehindTheTarAreLookedAt() {
    byte[] whole = DebianFile.of(Map.of("bin/busybox", new byte[8192]), ".xz");
    byte[] flipped = whole.clone();
    flipped[whole.length - 4] ^= 1;
    assertThatThrownBy(() -> extract(flipped))
        .hasMessageStartingWith("some_1_amd64.deb is damaged (");
  }

  /// Where a flipped bit is noticed it is told as damage; xz notices all in what it compresses.
  @Test
  void aFlippedBitIsDamageOrOfNoInterest() throws IOException {
    byte[] whole = DebianFile.of(FILES, ".xz");
    Random random = new Random(20261129);
    for (int round = 0; round < 500; round++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(extract(flipped).getOrDefault("bin/busybox", Blob.of("")).bytes(100))
            .asString()
            .isEqualTo("a program");
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("some_1_amd64.deb is damaged (");
      }
    }
  }
}
