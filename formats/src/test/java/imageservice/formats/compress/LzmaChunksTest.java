package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2InputStream;

final class LzmaZerosTest {
  @Test
  void decodesToZerosOfAnyLength() throws IOException {
    for (int length = 1; length < 2000; length++) {
      assertThat(decoded(LzmaZeros.chunk(length))).as("%d", length).isEqualTo(new byte[length]);
    }
    for (int length : new int[] {65_535, 65_536, 65_537, 1 << 20, LzmaZeros.MAX}) {
      assertThat(decoded(LzmaZeros.chunk(length))).as("%d", length).isEqualTo(new byte[length]);
    }
  }

  @Test
  void isShort() {
    assertThat(LzmaZeros.chunk(LzmaZeros.MAX)).hasSizeLessThan(500);
  }

  private static byte[] decoded(byte[] chunk) throws IOException {
    byte[] ended = Arrays.copyOf(chunk, chunk.length + 1);
    try (LZMA2InputStream in =
        new LZMA2InputStream(new ByteArrayInputStream(ended), Lzma2.DICTIONARY)) {
      return in.readAllBytes();
    }
  }
}
