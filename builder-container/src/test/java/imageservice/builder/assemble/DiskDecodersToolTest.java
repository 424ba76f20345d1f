package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.formats.blob.Blob;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.BuildPlan;
import imageservice.plan.DiskShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.XZInputStream;

/// Every decoder that people use gives a whole assembled disk back, out of every compression, those
/// that stop behind a first stream, member or frame among them.
@Tag("tool")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DiskDecodersToolTest {
  private static final String GO = "src/test/go/decode";

  private Path folder = Path.of("unset");
  private String digest = "";

  /// A decoder in Java.
  private interface Decoder {
    InputStream open(InputStream in) throws IOException;
  }

  @BeforeAll
  void assemble(@TempDir Path shared) throws IOException {
    folder = shared;
    for (String suffix : List.of("xz", "zst", "gz", "tar.gz")) {
      Medium.write(disk("." + suffix), file(suffix));
    }
    digest = sha256(disk("").open());
  }

  @ParameterizedTest
  @CsvSource({
    "xz, xz -dc",
    "xz, busybox xz -dc",
    "xz, 7z e -so",
    "xz, bsdcat",
    "zst, zstd -dc",
    "zst, 7z e -so",
    "zst, bsdcat",
    "gz, gzip -dc",
    "gz, pigz -dc",
    "gz, busybox gzip -dc",
    "gz, 7z e -so",
    "gz, bsdcat",
    "tar.gz, tar -xzSOf",
    "tar.gz, bsdtar -xOf"
  })
  void aProgramGivesTheDiskBack(String suffix, String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
    Judge.named(words.getFirst());
    words.addAll(0, List.of("-o", "pipefail", "-c", "\"$@\" | sha256sum", "bash"));
    words.add(file(suffix).toString());
    assertThat(Judge.named("bash").run(words.toArray(String[]::new)).accepted().output())
        .startsWith(digest);
  }

  @ParameterizedTest
  @CsvSource({
    "xz, import lzma, lzma.decompress(data)",
    "xz, import lzma, lzma.LZMADecompressor().decompress(data)",
    "gz, import gzip, gzip.decompress(data)",
    "gz, import zlib, zlib.decompressobj(31).decompress(data)"
  })
  void pythonGivesTheDiskBack(String suffix, String library, String expression) {
    String program =
        "import sys, hashlib; %s; data = open(sys.argv[1], 'rb').read(); print(hashlib.sha256(%s).hexdigest())"
            .formatted(library, expression);
    assertThat(
            Judge.named("python3").run("-c", program, file(suffix).toString()).accepted().output())
        .startsWith(digest);
  }

  @Test
  void librariesOfGoGiveTheDiskBack() {
    Path module = Path.of(System.getProperty("basedir", ".")).resolve(GO);
    Path program = folder.resolve("decode");
    Map<String, String> environment = Map.of("GOFLAGS", "-mod=readonly -buildvcs=false");
    Judge.named("go")
        .run(module, environment, List.of("build", "-o", program.toString(), "."))
        .accepted();
    Map.of("xz", "xz", "zst", "zstd", "gz", "gzip")
        .forEach((suffix, decoder) -> {
          Judge.Verdict verdict =
              Judge.named("bash")
                  .run("-c", "exec \"$@\"", "bash", program + "", decoder, file(suffix) + "");
          assertThat(verdict.accepted().output()).as(decoder).startsWith(digest);
        });
  }

  @Test
  void librariesOfJavaGiveTheDiskBack() throws IOException {
    assertDisk("xz", XZInputStream::new);
    assertDisk("xz", XZCompressorInputStream::new);
    assertDisk("gz", GZIPInputStream::new);
    assertDisk("gz", GzipCompressorInputStream::new);
    assertDisk(
        "tar.gz",
        in -> {
          TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(in));
          tar.getNextEntry();
          return tar;
        });
  }

  private void assertDisk(String suffix, Decoder decoder) throws IOException {
    try (InputStream file = Files.newInputStream(file(suffix))) {
      assertThat(sha256(decoder.open(file))).as(suffix).isEqualTo(digest);
    }
  }

  private Path file(String suffix) {
    return folder.resolve("disk." + suffix);
  }

  /// No larger than its partitions need, as some of the decoders take a minute for a disk of 1 GiB.
  private static Blob disk(String suffix) throws IOException {
    String document = "customization: {bootloader: sd-boot, meta: [{key: 10, value: a}]}";
    BuildPlan.Disk whole = Disks.of("v1.9.5", "metal-amd64.raw" + suffix, document);
    DiskShape small = new DiskShape(Architecture.AMD64, 160, 512, 50, false);
    return Disks.assembled(
        new BuildPlan.Disk(
            small,
            whole.boot(),
            whole.firmware(),
            whole.meta(),
            whole.format(),
            whole.compression()));
  }

  private static String sha256(InputStream content) throws IOException {
    try (content;
        DigestOutputStream out =
            new DigestOutputStream(
                OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      content.transferTo(out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
