package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.SingleXZInputStream;

final class CodecPropertyTest {
  private static final long SEED = 20190601L;

  @ParameterizedTest
  @EnumSource
  void decodesToWhatWasEncoded(Codec codec) throws IOException {
    Random random = new Random(SEED);
    RandomContent content = new RandomContent(random);
    for (int round = 0; round < 30; round++) {
      Extents plain = content.extents(random.nextInt(14), round % 10 == 0 ? 40 << 20 : 1 << 20);
      assertDecodes(codec, plain, "seed %d, round %d".formatted(SEED, round));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decodesManySmallTablesBetweenSlices(Codec codec) throws IOException {
    Random random = new Random(SEED + 1);
    RandomContent content = new RandomContent(random);
    byte[] stored = new byte[70_000];
    random.nextBytes(stored);
    for (int round = 0; round < 15; round++) {
      Extents.Builder plain = Extents.builder();
      for (int i = 0; i < 12; i++) {
        plain.add(content.bytes());
        plain.add(Blob.of(stored)).zeros(random.nextInt(3000));
      }
      assertDecodes(codec, plain.build(), "seed %d, round %d".formatted(SEED + 1, round));
    }
  }

  @ParameterizedTest
  @EnumSource
  void encodesTheSmallestContents(Codec codec) throws IOException {
    for (Blob plain :
        List.of(
            Blob.of(""),
            Blob.of("a"),
            Extents.builder().zeros(1).build(),
            Extents.builder().zeros(1024).build(),
            Extents.builder().zeros((128 << 10) + 1).build(),
            Extents.builder().zeros(16 << 20).build(),
            Extents.builder().zeros(1024).add(new byte[] {1}).build())) {
      assertDecodes(codec, plain, plain.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAnyRange(Codec codec) throws IOException {
    Random random = new Random(SEED);
    Blob encoded = codec.encode(new RandomContent(random).extents(20, 1 << 20));
    byte[] all = encoded.bytes(64 << 20);
    assertThat(encoded.length()).isEqualTo(all.length);
    for (int round = 0; round < 100; round++) {
      int from = random.nextInt(all.length);
      int count = random.nextInt(Math.min(all.length - from, 100_000) + 1);
      try (InputStream in = encoded.open(from, count)) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, from, from + count));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesTheSameBytesAgain(Codec codec) throws IOException {
    byte[] first =
        codec.encode(new RandomContent(new Random(3)).extents(20, 1 << 20)).bytes(64 << 20);
    byte[] second =
        codec.encode(new RandomContent(new Random(3)).extents(20, 1 << 20)).bytes(64 << 20);
    assertThat(first).isEqualTo(second);
  }

  @Test
  void describesLongZerosByLittle() throws IOException {
    Blob zeros = Extents.builder().zeros(8L << 30).build();
    assertThat(Codec.ZSTD.encode(zeros).length()).isLessThan(300_000);
    assertThat(Codec.XZ.encode(zeros).length()).isLessThan(4_000_000);
    assertThat(Codec.GZIP.encode(zeros).length()).isLessThan(10_000_000);
  }

  @Test
  void compressesSmallBytesInEveryPieceOfAFrame() throws IOException {
    byte[] text =
        "metadata: of a file system\n"
            .repeat(2000)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Extents.Builder plain = Extents.builder();
    for (int i = 0; i < 10; i++) {
      plain.zeros(1 << 20).add(text);
    }
    for (Codec codec : List.of(Codec.XZ, Codec.ZSTD, Codec.GZIP)) {
      assertThat(codec.encode(plain.build()).length()).as("%s", codec).isLessThan(20_000);
    }
  }

  private static void assertDecodes(Codec codec, Blob plain, String description)
      throws IOException {
    byte[] expected = plain.bytes(Integer.MAX_VALUE);
    byte[] encoded = codec.encode(plain).bytes(Integer.MAX_VALUE);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(expected.length);
    try (InputStream in = decoder(codec, encoded)) {
      in.transferTo(decoded);
    }
    assertThat(Arrays.equals(decoded.toByteArray(), expected))
        .as("%s, %s", codec, description)
        .isTrue();
  }

  private static InputStream decoder(Codec codec, byte[] encoded) throws IOException {
    InputStream in = new ByteArrayInputStream(encoded);
    return switch (codec) {
      case NONE -> in;
      case XZ -> new SingleXZInputStream(in);
      case ZSTD -> new ZstdInputStream(in);
      case GZIP, GZIP_LAYER -> new GZIPInputStream(in);
    };
  }
}
