package imageservice.formats.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import imageservice.formats.testing.Judge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Lz4StreamTest {
  @Test
  @Tag("tool")
  void unpacksWhatLz4Packs(@TempDir Path folder) throws IOException {
    Judge lz4 = Judge.named("lz4");
    List<Integer> sizes = List.of(0, 1, 13, 70_000, (8 << 20) - 1, (8 << 20) + 1, 20 << 20);
    for (int i = 0; i < sizes.size(); i++) {
      byte[] content = mixed(sizes.get(i), i);
      Path plain = Files.write(folder.resolve("plain" + i), content);
      Path packed = folder.resolve("packed" + i);
      lz4.run("-q", "-l", i % 2 == 0 ? "-9" : "-1", plain.toString(), packed.toString()).accepted();
      byte[] frame = Files.readAllBytes(packed);
      assertThat(unpacked(frame)).isEqualTo(content);
      assertThat(unpacked(Kernels.withLength(frame, content.length))).isEqualTo(content);
    }
  }

  @Test
  void goesOnInTheNextFrame() throws IOException {
    byte[] one = Kernels.lz4(new byte[] {1, 2, 3});
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertThat(unpacked(two)).containsExactly(1, 2, 3, 1, 2, 3);
  }

  @Test
  void repeatsWhatIsBeingWritten() throws IOException {
    // one literal, a match of 19 at distance 1, one literal
    assertThat(
            unpacked(
                HexFormat.of()
                    .parseHex("02214c18" + "07000000" + "1f" + "61" + "0100" + "00" + "10" + "62")))
        .asString()
        .isEqualTo("a".repeat(20) + "b");
  }

  @Test
  void refusesWhatLeadsOutOfTheBlock() {
    assertMalformed("1f" + "61" + "0200" + "00", "lz4: match at byte 5: leads out of the block");
    assertMalformed("1f" + "61" + "0000" + "00", "lz4: match at byte 5: leads out of the block");
    assertMalformed("20" + "61", "lz4: literals at byte 1: leads out of the block");
    assertMalformed("f0" + "ff", "lz4: block at byte 2: leads out of the block");
    assertMalformed("10" + "61" + "01", "lz4: block at byte 3: leads out of the block");
    assertMalformed(
        "1f61" + "0100" + "ff".repeat(33_000) + "00",
        "lz4: match at byte 33005: leads out of the block");
  }

  @Test
  void refusesWhatBreaksOff() {
    byte[] frame = Kernels.lz4(new byte[100]);
    assertThatThrownBy(() -> unpacked(Arrays.copyOf(frame, frame.length - 1)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("lz4: block at byte 101: breaks off");
    assertThatThrownBy(() -> unpacked(Arrays.copyOf(frame, frame.length + 3)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("lz4: block size at byte 3: breaks off");
  }

  /// A length of so many 255s that it does not fit 31 bits.
  @Test
  void refusesLengthsWithoutEnd() {
    byte[] block = new byte[8_421_528];
    Arrays.fill(block, (byte) 255);
    block[block.length - 1] = 0;
    ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(0x184C2102).putInt(8_421_520);
    assertThatThrownBy(() -> unpacked(block)).isInstanceOf(MalformedException.class);
  }

  @Test
  void onlyMalformedFramesAreRefused() throws IOException {
    long seed = 20261124L;
    System.out.println("lz4: seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      byte[] frame = new byte[8 + random.nextInt(200)];
      random.nextBytes(frame);
      byte[] head = HexFormat.of().parseHex("02214c18");
      System.arraycopy(head, 0, frame, 0, 4);
      Arrays.fill(frame, 4, 8, (byte) 0);
      frame[4] = (byte) Math.max(1, frame.length - 8);
      try {
        assertThat(unpacked(frame).length).isLessThan(1 << 24);
      } catch (MalformedException e) {
        assertThat(e.format()).isEqualTo("lz4");
      }
    }
  }

  private static void assertMalformed(String block, String message) {
    int length = block.length() / 2;
    String frame = "02214c18" + HexFormat.of().toHexDigits(Integer.reverseBytes(length)) + block;
    assertThatThrownBy(() -> unpacked(HexFormat.of().parseHex(frame)))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  private static byte[] unpacked(byte[] frame) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(frame);
    in.skipNBytes(4);
    try (Lz4Stream lz4 = new Lz4Stream(in)) {
      return lz4.readAllBytes();
    }
  }

  /// Runs of one byte, repeated pieces and noise.
  private static byte[] mixed(int size, long seed) {
    Random random = new Random(seed);
    byte[] content = new byte[size];
    for (int at = 0; at < size; ) {
      int end = Math.min(size, at + 1 + random.nextInt(5000));
      int kind = random.nextInt(3);
      byte one = (byte) random.nextInt(256);
      for (int from = random.nextInt(at + 1), i = at; i < end; i++) {
        content[i] =
            switch (kind) {
              case 0 -> one;
              case 1 -> from == at ? one : content[from + (i - at) % (at - from)];
              default -> (byte) random.nextInt(256);
            };
      }
      at = end;
    }
    return content;
  }
}
