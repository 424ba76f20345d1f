package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Checksummed;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CodecTest {
  @Test
  void readsNothingOfChecksummedSlices() throws IOException {
    List<String> asked = new ArrayList<>();
    Blob blob = new Known(40L << 20, asked);
    Blob plain = Extents.builder().add(new byte[100]).add(blob).build();
    assertThat(Codec.XZ.encode(plain).length()).isGreaterThan(40L << 20);
    assertThat(Codec.GZIP.encode(plain).length()).isGreaterThan(40L << 20);
    assertThat(Codec.ZSTD.encode(plain).length()).isGreaterThan(40L << 20);
    assertThat(asked.subList(0, 3))
        .containsExactly("0 + 16777216", "16777216 + 16777216", "33554432 + 8388608");
  }

  @Test
  void keepsSlicesAsSlices() throws IOException {
    Blob blob = new Known(1 << 20, new ArrayList<>());
    for (Codec codec : List.of(Codec.XZ, Codec.ZSTD, Codec.GZIP)) {
      assertThat(((Extents) codec.encode(blob)).extents())
          .filteredOn(Extent.Slice.class::isInstance)
          .extracting(Extent::length)
          .as("%s", codec)
          .satisfies(
              lengths -> assertThat(lengths.stream().mapToLong(x -> x).sum()).isEqualTo(1 << 20));
    }
  }

  @Test
  void encodesNothingAsTheirSpecificationsDo() throws IOException {
    assertThat(HexFormat.of().formatHex(Codec.XZ.encode(Blob.of("")).bytes(100)))
        .isEqualTo(
            "fd377a585a0000016922de36"
                + "00000000"
                + "1cdf4421"
                + "9042990d"
                + "01000000"
                + "0001"
                + "595a");
    assertThat(HexFormat.of().formatHex(Codec.ZSTD.encode(Blob.of("")).bytes(100)))
        .isEqualTo("28b52ffd" + "c0" + "68" + "0000000000000000" + "010000");
    assertThat(HexFormat.of().formatHex(Codec.GZIP.encode(Blob.of("")).bytes(100)))
        .isEqualTo("1f8b0800000000000" + "0ff" + "010000ffff" + "00000000" + "00000000");
    assertThat(HexFormat.of().formatHex(Codec.GZIP_LAYER.encode(Blob.of("")).bytes(100)))
        .isEqualTo("1f8b08000000000004ff" + "010000ffff" + "00000000" + "00000000");
  }

  /// The block after the reset repeats offsets 1, 2 and 3 of a fresh frame, whatever came before.
  @Test
  void resetsTheRepeatedOffsetsOfZstd() {
    assertThat(afterTheReset(1)).isEqualTo("abcdefghhhh");
    assertThat(afterTheReset(2)).isEqualTo("abcdefghefg");
    assertThat(afterTheReset(3)).isEqualTo("abcdefghabc");
  }

  /// What a block of 8 literals and a match of 3 by a repeated offset decodes to: RFC 8878, section
  /// 3.1.1.5.
  private static String afterTheReset(int repeated) {
    byte[] before = "0123456789012".repeat(40).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(HexFormat.of().parseHex("28b52ffd" + "80" + "68"));
    int plain = before.length + ZstdBlocks.RESET_ZEROS + 11;
    frame.writeBytes(Struct.littleEndian(4).u32("Frame_Content_Size", plain).toBytes());
    frame.writeBytes(ZstdBlocks.compress(before).orElseThrow());
    frame.writeBytes(ZstdBlocks.resetBlocks());
    byte[] sequences =
        HexFormat.of().parseHex("0154" + "08" + (repeated == 1 ? "00" : "01") + "00");
    int bits = repeated == 1 ? 1 : repeated == 2 ? 0b1_0 : 0b1_1;
    frame.writeBytes(ZstdBlocks.header(ZstdBlocks.COMPRESSED, 9 + sequences.length + 1, true));
    frame.write(8 << 3); // Raw_Literals_Block
    frame.writeBytes("abcdefgh".getBytes(StandardCharsets.US_ASCII));
    frame.writeBytes(sequences);
    frame.write(bits);
    byte[] decoded = Zstd.decompress(frame.toByteArray(), plain);
    return new String(decoded, plain - 11, 11, StandardCharsets.US_ASCII);
  }

  private record Known(long length, List<String> asked) implements Checksummed {
    @Override
    public InputStream open(long offset, long length) {
      throw new AssertionError("content was read");
    }

    @Override
    public OptionalLong crc32(long offset, long length) {
      asked.add(offset + " + " + length);
      return OptionalLong.of(0);
    }

    @Override
    public OptionalLong crc64(long offset, long length) {
      return OptionalLong.empty();
    }
  }
}
