package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever became of a blob's file, and however it is read: the right bytes, or a {@link
/// DamagedBlobException}.
final class CachedBlobPropertyTest extends BlobCacheFixture {
  private static final int BLOCK = BlockChecks.BLOCK;
  private static final int ROUNDS = 60;

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 5 * BLOCK + 4321})
  void readsAnyRange(int length) throws IOException {
    byte[] content = random(length);
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(new ByteArrayInputStream(content));
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(readRightly(blob, content)).as("seed %d, round %d", SEED, round).isTrue();
      }
    }
  }

  @Test
  void readsRangesThatLieAcrossPieces() throws IOException {
    byte[] content = random(Checksums.PIECE + BLOCK + 1);
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(new ByteArrayInputStream(content));
      for (int from : new int[] {0, 1, BLOCK, Checksums.PIECE - 1, Checksums.PIECE}) {
        try (InputStream in = blob.open(from, content.length - from)) {
          assertThat(in.readAllBytes())
              .isEqualTo(Arrays.copyOfRange(content, from, content.length));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 5 * BLOCK + 4321})
  void givesNoByteOfABlockWithAFlippedBit(int length) throws IOException {
    byte[] content = random(length);
    for (int round = 0; round < ROUNDS; round++) {
      try (BlobCache cache = cache(ROOMY)) {
        CachedBlob blob = cache.put(new ByteArrayInputStream(content));
        long bit = bit(round, length);
        flip(file(blob.digest()), bit);
        readRightly(blob, content);
        assertThatThrownBy(() -> blob.writeTo(OutputStream.nullOutputStream()))
            .as("seed %d, round %d, bit %d", SEED, round, bit)
            .isInstanceOf(DamagedBlobException.class);
        assertThat(cache.find(blob.digest())).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK})
  void opensNoFileOfAnotherLength(int length) throws IOException {
    byte[] content = random(length);
    for (int other : new int[] {0, 1, length - 1, length + 1, length + BLOCK, length / 2}) {
      try (BlobCache cache = cache(ROOMY)) {
        CachedBlob blob = cache.put(new ByteArrayInputStream(content));
        Files.write(file(blob.digest()), Arrays.copyOf(content, Math.max(other, 0)));
        if (other >= 0 && other != length) {
          assertThatThrownBy(() -> blob.open(0, 0)).isInstanceOf(DamagedBlobException.class);
          assertThat(cache.find(blob.digest())).isEmpty();
        }
      }
    }
  }

  /// The file is cut while it is read.
  @Test
  void endsWithAnExceptionWhereTheFileDoes() throws IOException {
    byte[] content = random(4 * BLOCK);
    try (BlobCache cache = cache(ROOMY)) {
      CachedBlob blob = cache.put(new ByteArrayInputStream(content));
      try (InputStream in = blob.open()) {
        assertThat(in.readNBytes(BLOCK)).hasSize(BLOCK);
        Files.write(file(blob.digest()), Arrays.copyOf(content, 2 * BLOCK + 5));
        assertThat(in.readNBytes(BLOCK)).hasSize(BLOCK);
        assertThatThrownBy(in::read)
            .isInstanceOf(DamagedBlobException.class)
            .hasMessageContaining("bytes 131072 to 196607 cannot be read");
      }
    }
  }

  /// The first and the last bit, and those beside borders of blocks; then any.
  private long bit(int round, int length) {
    long bits = (long) length * Byte.SIZE;
    long border = (long) BLOCK * Byte.SIZE;
    long[] corners = {0, bits - 1, border - 1, border, 2 * border - 1};
    return round < corners.length && corners[round] < bits ? corners[round] : random.nextLong(bits);
  }

  /// Reads a few ranges, skipping and reading as much at once as happens; false where one of them
  /// is said to be damaged.
  private boolean readRightly(CachedBlob blob, byte[] content) throws IOException {
    try {
      for (int range = 0; range < 3; range++) {
        int from = random.nextInt(content.length + 1);
        read(blob, content, from, random.nextInt(content.length - from + 1));
      }
      return true;
    } catch (DamagedBlobException e) {
      return false;
    }
  }

  private void read(CachedBlob blob, byte[] content, int from, int count) throws IOException {
    byte[] buffer = new byte[2 * BLOCK];
    int position = from;
    try (InputStream in = blob.open(from, count)) {
      while (position < from + count) {
        position += random.nextInt(4) == 0 ? (int) in.skip(random.nextInt(BLOCK)) : 0;
        int got = in.read(buffer, 0, 1 + random.nextInt(buffer.length));
        if (got > 0) {
          requireSame(content, position, buffer, got);
        }
        position += Math.max(got, 0);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(position).isEqualTo(from + count);
  }

  private static void requireSame(byte[] content, int position, byte[] buffer, int got) {
    if (!Arrays.equals(content, position, position + got, buffer, 0, got)) {
      fail("other bytes from %d on, seed %d", position, SEED);
    }
  }
}
