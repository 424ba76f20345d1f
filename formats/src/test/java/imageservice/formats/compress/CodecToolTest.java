package imageservice.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class CodecToolTest {
  private static final long SEED = 20190601L;

  @Test
  void zstdDecodesEveryFrame(@TempDir Path folder) throws IOException {
    Judge zstd = Judge.named("zstd");
    for (Path encoded : write(folder, Codec.ZSTD)) {
      zstd.run("-tq", encoded.toString()).accepted();
      zstd.run("-dq", encoded.toString(), "-o", encoded + ".plain").accepted();
      assertPlain(encoded);
      String listing = zstd.run("-lv", encoded.toString()).accepted().output();
      assertThat(listing).contains("# Zstandard Frames: 1", "Window Size: 8.00 MiB");
      assertThat(listing).contains("(" + Files.size(plainOf(encoded)) + " B)");
    }
  }

  @Test
  void xzDecodesEveryStream(@TempDir Path folder) throws IOException {
    Judge xz = Judge.named("xz");
    for (Path encoded : write(folder, Codec.XZ)) {
      xz.run("-t", "--format=xz", encoded.toString()).accepted();
      xz.run("-dk", "-T2", "--format=xz", "-S", ".encoded", encoded.toString()).accepted();
      Files.move(Path.of(encoded.toString().replace(".encoded", "")), Path.of(encoded + ".plain"));
      assertPlain(encoded);
      assertThat(xz.run("-lvv", "--robot", "--format=xz", encoded.toString()).accepted().output())
          .containsPattern("file\t1\t\\d+\t")
          .containsPattern("\tCRC32\t")
          .doesNotContain("CRC64");
    }
  }

  @Test
  void gzipDecodesEveryMember(@TempDir Path folder) throws IOException {
    Judge gzip = Judge.named("gzip");
    for (Path encoded : write(folder, Codec.GZIP)) {
      gzip.run("-t", "-S", ".encoded", encoded.toString()).accepted();
      gzip.run("-dk", "-S", ".encoded", encoded.toString()).accepted();
      Files.move(Path.of(encoded.toString().replace(".encoded", "")), Path.of(encoded + ".plain"));
      assertPlain(encoded);
    }
  }

  @Test
  void pythonDecodesXzInOneShot(@TempDir Path folder) throws IOException {
    String program =
        """
        import lzma, sys
        for name in sys.argv[1:]:
            decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ)
            plain = decoder.decompress(open(name, 'rb').read())
            assert decoder.eof and decoder.unused_data == b'' and decoder.check == lzma.CHECK_CRC32
            assert plain == open(name.replace('.encoded', '.expected'), 'rb').read(), name
        """;
    python(program, write(folder, Codec.XZ));
  }

  @Test
  void pythonDecodesGzipInOneShot(@TempDir Path folder) throws IOException {
    String program =
        """
        import zlib, sys
        for name in sys.argv[1:]:
            decoder = zlib.decompressobj(31)
            plain = decoder.decompress(open(name, 'rb').read())
            assert decoder.eof and decoder.unused_data == b''
            assert plain == open(name.replace('.encoded', '.expected'), 'rb').read(), name
        """;
    python(program, write(folder, Codec.GZIP));
  }

  private static void python(String program, List<Path> files) {
    List<String> arguments = new ArrayList<>(List.of("-c", program));
    files.forEach(file -> arguments.add(file.toString()));
    Judge.named("python3").run(arguments.toArray(String[]::new)).accepted();
  }

  private static List<Path> write(Path folder, Codec codec) throws IOException {
    System.out.println("codecs: seed " + SEED);
    Random random = new Random(SEED);
    RandomContent content = new RandomContent(random);
    List<Blob> contents =
        new ArrayList<>(List.of(Blob.of(""), Blob.of("x"), Extents.builder().zeros(1).build()));
    contents.add(content.extents(10, 60 << 20));
    for (int i = 0; i < 8; i++) {
      contents.add(content.extents(1 + random.nextInt(14), 1 << 20));
    }
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      pour(contents.get(i), folder.resolve(i + ".expected"));
      files.add(pour(codec.encode(contents.get(i)), folder.resolve(i + ".encoded")));
    }
    return files;
  }

  private static Path pour(Blob blob, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      blob.writeTo(out);
    }
    return file;
  }

  private static Path plainOf(Path encoded) {
    return Path.of(encoded.toString().replace(".encoded", ".expected"));
  }

  private static void assertPlain(Path encoded) throws IOException {
    assertThat(Files.mismatch(plainOf(encoded), Path.of(encoded + ".plain"))).isEqualTo(-1);
  }
}
