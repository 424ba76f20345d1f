package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SparseFileTest {
  private static final int BLOCK = 4096;

  @TempDir private Path folder = Path.of("");

  /// Pieces of zeros, of data and of both, of any length at any place.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void hasTheBytesThatWereWritten(long seed) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Path file = Files.writeString(folder.resolve("a"), "what was there before");
    try (SparseFile sparse = SparseFile.create(file)) {
      for (int i = 0; i < 200; i++) {
        byte[] piece = piece(random);
        int from = random.nextInt(piece.length);
        sparse.write(piece, from, piece.length - from);
        expected.write(piece, from, piece.length - from);
        sparse.write(i % 2);
        expected.write(i % 2);
      }
      sparse.skip(seed * BLOCK);
      expected.writeBytes(new byte[(int) seed * BLOCK]);
    }
    assertThat(file).hasBinaryContent(expected.toByteArray());
  }

  @Test
  void zerosTakeNoRoom() throws IOException {
    byte[] megabyte = new byte[1 << 20];
    megabyte[500_000] = 1;
    Path file = folder.resolve("a");
    try (SparseFile sparse = SparseFile.create(file)) {
      for (int i = 0; i < 64; i++) {
        sparse.write(megabyte);
      }
    }
    assertThat(Files.size(file)).isEqualTo(64L << 20);
    assertThat(room(file)).isLessThanOrEqualTo(65 * BLOCK);
  }

  @Test
  void isAHoleUntilDataComes() throws IOException {
    try (SparseFile sparse = SparseFile.create(folder.resolve("a"))) {
      sparse.write(new byte[BLOCK + 1]);
      assertThat(sparse.isHole()).isTrue();
      sparse.write(1);
      assertThat(sparse.isHole()).isFalse();
    }
  }

  /// Bytes that a file takes on the disk.
  static long room(Path file) throws IOException {
    Process stat =
        new ProcessBuilder("stat", "--format", "%b %B", file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    String[] blocks = out.strip().split(" ", -1);
    return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
  }

  private static byte[] piece(Random random) {
    byte[] piece = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 40 * BLOCK)];
    for (int runs = random.nextInt(4); runs > 0; runs--) {
      int at = random.nextInt(piece.length);
      for (int i = at; i < Math.min(piece.length, at + random.nextInt(1, 2 * BLOCK)); i++) {
        piece[i] = (byte) random.nextInt();
      }
    }
    return piece;
  }
}
