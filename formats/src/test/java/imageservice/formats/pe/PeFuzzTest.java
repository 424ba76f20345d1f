package imageservice.formats.pe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Stubs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PeFuzzTest {
  private static final long READ_AT_MOST = 1 << 20;

  @FuzzTest
  void onlyMalformedExceptionEscapes(byte[] bytes) throws IOException {
    try {
      PeImage image = PeImage.read(Blob.of(bytes));
      for (SectionHeader section : image.sections()) {
        Blob memory = image.section(section.name()).orElseThrow();
        try (InputStream in = memory.open(0, Math.min(memory.length(), READ_AT_MOST))) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      PeLayout.append(image, PeLayoutTest.appended(10), 0).encode();
    } catch (MalformedException expected) {
      // The one answer to bytes that are no image, or none that can be extended.
    } catch (IllegalArgumentException tooLarge) {
      if (!"an image of more than 4 GiB".equals(tooLarge.getMessage())
          && !"97 sections".equals(tooLarge.getMessage())) {
        throw tooLarge;
      }
    }
  }

  @Test
  void survivesChangedBytes() throws IOException {
    long seed = 7;
    Random random = new Random(seed);
    System.out.println("pe fuzz: seed " + seed);
    byte[] image = Stubs.small(Stubs.AMD64).bytes(4096);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = image.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(512)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0);
      }
      onlyMalformedExceptionEscapes(changed);
    }
  }
}
