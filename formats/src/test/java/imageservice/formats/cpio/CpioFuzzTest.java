package imageservice.formats.cpio;

import com.code_intelligence.jazzer.junit.FuzzTest;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CpioFuzzTest {
  @FuzzTest
  void onlyMalformedExceptionEscapes(byte[] archive) throws IOException {
    try {
      CpioReaderTest.readAll(archive);
    } catch (MalformedException expected) {
      // The one answer to bytes that are no archive.
    }
  }

  @Test
  void survivesChangedBytes() throws IOException {
    long seed = 7;
    Random random = new Random(seed);
    System.out.println("cpio fuzz: seed " + seed);
    byte[] archive =
        CpioArchive.of(
                List.of(
                    new CpioEntry.Directory("d", 0755, 0),
                    new CpioEntry.File("d/f", 0644, 0, Blob.of("content"))))
            .bytes(1024);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = archive.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        changed[random.nextInt(changed.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "0123456789ABCDEF./".charAt(random.nextInt(18)));
      }
      onlyMalformedExceptionEscapes(changed);
    }
  }
}
