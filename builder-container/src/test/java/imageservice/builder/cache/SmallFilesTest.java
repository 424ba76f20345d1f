package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Sidecars and side files that are damaged, missing or another version's.
final class SmallFilesTest extends BlobCacheFixture {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.of(CONTENT);

  @Test
  void makesASidecarAnewWhateverBitOfItIsFlipped() throws IOException {
    Checksums checksums = put();
    byte[] written = Files.readAllBytes(sidecar(DIGEST));
    for (int bit = 0; bit < written.length * Byte.SIZE; bit++) {
      flip(sidecar(DIGEST), bit);
      assertRight(checksums);
      assertThat(sidecar(DIGEST)).hasBinaryContent(written);
    }
  }

  @Test
  void makesASidecarAnewThatIsCutOrLongerOrGone() throws IOException {
    Checksums checksums = put();
    byte[] written = Files.readAllBytes(sidecar(DIGEST));
    for (int length = 0; length < written.length + 2; length++) {
      Files.write(sidecar(DIGEST), Arrays.copyOf(written, length));
      assertRight(checksums);
    }
    Files.delete(sidecar(DIGEST));
    assertRight(checksums);
    assertThat(sidecar(DIGEST)).hasBinaryContent(written);
  }

  /// Such a sidecar has neither seal nor checks of blocks.
  @Test
  void makesTheSidecarsOfTheVersionBeforeAnew() throws IOException {
    Checksums checksums = put();
    Files.writeString(
        sidecar(DIGEST),
        "{\"length\":7,\"crc32\":\"00000001\",\"crc64\":\"0000000000000001\","
            + "\"pieces\":[{\"crc32\":\"00000001\",\"crc64\":\"0000000000000001\"}]}");
    assertRight(checksums);
  }

  @Test
  void dropsABlobWhoseContentIsNoLongerItsDigests() throws IOException {
    assertThat(put().length()).isEqualTo(7);
    Files.delete(sidecar(DIGEST));
    flip(file(DIGEST), 3);
    try (BlobCache cache = cache(ROOMY)) {
      assertThat(cache.find(DIGEST)).isEmpty();
      assertThat(file(DIGEST)).doesNotExist();
      assertThat(cache.size()).isZero();
      assertThat(cache.fetch(DIGEST, () -> new ByteArrayInputStream(CONTENT)).bytes(7))
          .isEqualTo(CONTENT);
    }
  }

  @Test
  void noticesASidecarThatIsDamagedWhileTheBlobIsHeld() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob held = cache.put(new ByteArrayInputStream(CONTENT));
      Files.writeString(sidecar(DIGEST), "{\"length\":7}");
      assertThat(cache.find(DIGEST)).containsSame(held);
      assertThat(held.bytes(7)).isEqualTo(CONTENT);
    }
    assertRight(put());
  }

  @Test
  void readsNoSideFileWithAFlippedBit() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      SideFiles files = cache.sideFiles("notes");
      files.write("a/b.json", CONTENT);
      assertThat(files.read("a/b.json")).contains(CONTENT);
      Path file = folder.resolve("notes/a/b.json");
      byte[] written = Files.readAllBytes(file);
      for (int bit = 0; bit < written.length * Byte.SIZE; bit++) {
        flip(file, bit);
        assertThat(files.read("a/b.json")).as("bit %d", bit).isEmpty();
        Files.write(file, written);
      }
      for (int length = 0; length < written.length + 2; length++) {
        Files.write(file, Arrays.copyOf(written, length));
        assertThat(files.read("a/b.json").isPresent()).isEqualTo(length == written.length);
      }
    }
  }

  @Test
  void readsNoSideFileInThePlaceOfAnother() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      SideFiles files = cache.sideFiles("notes");
      files.write("a", CONTENT);
      Files.copy(folder.resolve("notes/a"), folder.resolve("notes/b"));
      assertThat(files.read("b")).isEmpty();
      assertThat(files.read("c")).isEmpty();
    }
  }

  @Test
  void refusesChecksThatAreNoList() {
    assertThatThrownBy(() -> BlockChecks.parse("000000"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 bytes of checks");
    assertThat(BlockChecks.parse("00000001ffffffff"))
        .isEqualTo(new BlockChecks(new int[] {1, -1}))
        .hasSameHashCodeAs(new BlockChecks(new int[] {1, -1}))
        .hasToString("00000001ffffffff");
  }

  private Checksums put() throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      return cache.put(new ByteArrayInputStream(CONTENT)).checksums();
    }
  }

  /// After a restart.
  private void assertRight(Checksums checksums) throws IOException {
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.find(DIGEST).orElseThrow();
      assertThat(blob.checksums()).isEqualTo(checksums);
      assertThat(blob.bytes(7)).isEqualTo(CONTENT);
    }
  }
}
