package imageservice.formats.linux;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BzImageTest {
  private static final String VERSION = "6.12.63-talos (root@buildkit) #1 SMP";

  @Test
  void readsTheFirstWordOfTheVersion() throws IOException {
    assertThat(BzImage.release(Blob.of(kernel(8, 0x300, VERSION)))).contains("6.12.63-talos");
    assertThat(BzImage.release(Blob.of(kernel(8, 0x300, "6.1.0\0")))).contains("6.1.0");
  }

  @Test
  void noCountOfSectorsMeansFour() throws IOException {
    assertThat(BzImage.release(Blob.of(kernel(0, 4 * 512, VERSION)))).contains("6.12.63-talos");
    assertThat(BzImage.release(Blob.of(kernel(0, 4 * 512 + 1, VERSION)))).isEmpty();
  }

  @Test
  void findsNothingWithoutHeaderOrPointer() throws IOException {
    byte[] other = kernel(8, 0x300, VERSION);
    other[0x202] = 'X';
    assertThat(BzImage.release(Blob.of(other))).isEmpty();
    assertThat(BzImage.release(Blob.of(kernel(8, 0, VERSION)))).isEmpty();
    assertThat(BzImage.release(Blob.of(kernel(1, 0x300, VERSION)))).isEmpty();
  }

  @Test
  void findsNothingInTextThatIsNoWord() throws IOException {
    for (String text : new String[] {"", " 6.1", "6.\1", "6.\u00e9 ", "x".repeat(256) + " "}) {
      assertThat(BzImage.release(Blob.of(kernel(8, 0x300, text)))).as(text).isEmpty();
    }
    assertThat(BzImage.release(Blob.of(kernel(8, 0x300, "x".repeat(255) + " ")))).isPresent();
  }

  @Test
  void readsHowMuchOfACommandLineTheKernelReads() throws IOException {
    byte[] kernel = kernel(8, 0x300, VERSION);
    put(kernel, 0x206, 0x020F);
    put(kernel, 0x238, 2047);
    assertThat(BzImage.commandLineLimit(Blob.of(kernel))).hasValue(2047);
    put(kernel, 0x238, -1);
    assertThat(BzImage.commandLineLimit(Blob.of(kernel))).hasValue(Integer.MAX_VALUE);
    put(kernel, 0x238, 254);
    assertThat(BzImage.commandLineLimit(Blob.of(kernel))).as("no sensible number").isEmpty();
    put(kernel, 0x238, 2047);
    put(kernel, 0x206, 0x0205);
    assertThat(BzImage.commandLineLimit(Blob.of(kernel))).as("without the field").isEmpty();
    for (int length = 0; length < 0x23C; length += 4) {
      assertThat(BzImage.commandLineLimit(Blob.of(Arrays.copyOf(kernel, length)))).isEmpty();
    }
  }

  @Test
  void takesAnyBytes() throws IOException {
    byte[] kernel = kernel(8, 0x300, VERSION);
    for (int length = 0; length <= kernel.length; length += 7) {
      assertThat(BzImage.release(Blob.of(Arrays.copyOf(kernel, length))).isPresent())
          .isEqualTo(length >= 0x500 + "6.12.63-talos ".length());
    }
    Random random = new Random(3);
    System.out.println("bzImage: seed 3");
    for (int round = 0; round < 5000; round++) {
      byte[] changed = kernel.clone();
      changed[0x1F1] = (byte) random.nextInt(256);
      changed[0x20E] = (byte) random.nextInt(256);
      changed[0x20F] = (byte) random.nextInt(256);
      assertThat(BzImage.release(Blob.of(changed))).isNotNull();
    }
  }

  private static void put(byte[] kernel, int offset, int value) {
    ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
  }

  private static byte[] kernel(int sectors, int pointer, String version) {
    byte[] kernel = new byte[0x2000];
    kernel[0x1F1] = (byte) sectors;
    System.arraycopy("HdrS".getBytes(StandardCharsets.US_ASCII), 0, kernel, 0x202, 4);
    kernel[0x20E] = (byte) pointer;
    kernel[0x20F] = (byte) (pointer >> 8);
    byte[] text = version.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, kernel, pointer + 0x200, text.length);
    return kernel;
  }
}
