package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.formats.testing.SampleDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every decoder that people use gives a disk back, those that stop behind a first stream, member
/// or frame among them.
@Tag("tool")
final class DecodersToolTest {
  private static final int MIB = 17;
  private static final int LARGEST = MIB << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "XZ, xz -dc",
    "XZ, xz -dc -T2",
    "XZ, busybox xz -dc",
    "XZ, 7z e -so",
    "XZ, bsdcat",
    "ZSTD, zstd -dc",
    "ZSTD, 7z e -so",
    "ZSTD, bsdcat",
    "GZIP, gzip -dc",
    "GZIP, pigz -dc",
    "GZIP, busybox gzip -dc",
    "GZIP, 7z e -so",
    "GZIP, bsdcat"
  })
  void aProgramGivesTheDiskBack(Codec codec, String command) throws IOException {
    String[] words = command.split(" ", -1);
    String[] arguments = java.util.Arrays.copyOfRange(words, 1, words.length + 1);
    arguments[words.length - 1] = encoded(codec).toString();
    assertThat(Judge.named(words[0]).run(arguments).accepted().bytes())
        .isEqualTo(SampleDisk.of(MIB).bytes(LARGEST));
  }

  @ParameterizedTest
  @CsvSource({
    "XZ, 'import lzma', 'lzma.decompress(data)'",
    "XZ, 'import lzma', 'lzma.LZMADecompressor().decompress(data)'",
    "GZIP, 'import gzip', 'gzip.decompress(data)'",
    "GZIP, 'import zlib', 'zlib.decompressobj(31).decompress(data)'"
  })
  void pythonGivesTheDiskBack(Codec codec, String library, String expression) throws IOException {
    String program =
        "import sys; %s; data = open(sys.argv[1], 'rb').read(); sys.stdout.buffer.write(%s)"
            .formatted(library, expression);
    assertThat(
            Judge.named("python3").run("-c", program, encoded(codec).toString()).accepted().bytes())
        .isEqualTo(SampleDisk.of(MIB).bytes(LARGEST));
  }

  private Path encoded(Codec codec) throws IOException {
    Blob encoded = codec.encode(SampleDisk.of(MIB));
    String suffix =
        switch (codec) {
          case NONE -> "";
          case XZ -> ".xz";
          case ZSTD -> ".zst";
          case GZIP, GZIP_LAYER -> ".gz";
        };
    return Medium.write(encoded, folder.resolve("disk" + suffix));
  }
}
