package imageservice.formats.squashfs.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class BlockDecoderTest {
  @ParameterizedTest
  @EnumSource
  void decodesNoMoreThanAskedFor(BlockDecoder decoder) throws IOException {
    byte[] content = new byte[100_000];
    byte[] block = compressed(decoder, content);
    assertThat(decoder.decode(block, 0, content.length)).isEqualTo(content);
    assertThat(decoder.decode(block, 0, content.length + 1)).isEqualTo(content);
    assertThatThrownBy(() -> decoder.decode(block, 7, content.length - 1))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("squashfs: block at byte 7: ");
  }

  @ParameterizedTest
  @EnumSource
  void refusesABlockThatIsCutOff(BlockDecoder decoder) throws IOException {
    byte[] block = compressed(decoder, new byte[5000]);
    assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(block, block.length - 6), 0, 8192))
        .isInstanceOf(MalformedException.class);
  }

  private static byte[] compressed(BlockDecoder decoder, byte[] content) throws IOException {
    return switch (decoder) {
      case GZIP -> {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(block)) {
          out.write(content);
        }
        yield block.toByteArray();
      }
      case XZ -> {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(block, new LZMA2Options(1))) {
          out.write(content);
        }
        yield block.toByteArray();
      }
      case ZSTD -> com.github.luben.zstd.Zstd.compress(content);
    };
  }
}
