package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.GrubKit;
import imageservice.builder.material.GrubKitException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrubKitFolderTest {
  private static final String REMEDY = "; make it with grub-kit/make-grub-kit";
  private static final String A = Digest.of(bytes("content of a")).hex();
  private static final String B = Digest.of(bytes("")).hex();
  private static final String DIGEST = Digest.of(bytes(A + " 12 a.img\n" + B + " 0 b.efi\n")).hex();

  @TempDir Path folder = Path.of("unset");

  @Test
  void isNothingWhereThereIsNone() throws IOException {
    assertThat(GrubKitFolder.load(folder)).isEmpty();
    assertThat(GrubKitFolder.load(folder.resolve("missing"))).isEmpty();
  }

  @Test
  void readsItsFiles() throws IOException {
    write(DIGEST, entry("b.efi", B), entry("a.img", A));
    GrubKit kit = GrubKitFolder.load(folder).orElseThrow();
    assertThat(kit.digest()).isEqualTo(new Digest("sha256:" + DIGEST));
    assertThat(kit.marker()).isEqualTo("/.disk/marker");
    assertThat(kit.files()).containsOnlyKeys("a.img", "b.efi");
    assertThat(kit.file("a.img").bytes(100)).isEqualTo(bytes("content of a"));
    assertThatThrownBy(() -> kit.file("c.img"))
        .isInstanceOf(GrubKitException.class)
        .hasMessage("the GRUB kit sha256:" + DIGEST + " has no c.img" + REMEDY);
  }

  @Test
  void refusesAListingThatIsNotWhatItsDigestSays() throws IOException {
    String wrong = "0".repeat(64);
    write(wrong, entry("a.img", A), entry("b.efi", B));
    refused("kit.json: digest: " + wrong + ", but that of its files is " + DIGEST);
    write(DIGEST, entry("a.img", A));
    refused(
        "kit.json: digest: "
            + DIGEST
            + ", but that of its files is "
            + Digest.of(bytes(A + " 12 a.img\n")).hex());
  }

  @Test
  void refusesADamagedFile() throws IOException {
    write(DIGEST, entry("a.img", A), entry("b.efi", B));
    Files.writeString(folder.resolve("a.img"), "content of b");
    refused("file a.img is damaged");
  }

  @Test
  void refusesAMissingFile() throws IOException {
    write(DIGEST, entry("a.img", A), entry("b.efi", B));
    Files.delete(folder.resolve("b.efi"));
    refused("file b.efi is missing");
  }

  @Test
  void refusesNamesThatLeaveTheFolder() throws IOException {
    for (String name : new String[] {"../a.img", "x/a.img", "..", "", "/a.img"}) {
      write(DIGEST, entry(name, A));
      refused("kit.json: not a file name: " + name);
    }
  }

  @Test
  void refusesAFileListedTwice() throws IOException {
    write(DIGEST, entry("a.img", A), entry("a.img", A));
    refused("kit.json: listed twice: a.img");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    write(DIGEST, entry("a.img", A));
    try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("a.img").toFile(), "rw")) {
      sparse.setLength((16 << 20) + 1);
    }
    refused("file a.img has more than 16777216 bytes");
  }

  @Test
  void refusesAListingThatIsNone() throws IOException {
    Files.writeString(folder.resolve("kit.json"), "{\"files\": 5}");
    assertThatThrownBy(() -> GrubKitFolder.load(folder))
        .isInstanceOf(GrubKitException.class)
        .hasMessageStartingWith("the GRUB kit's kit.json: ")
        .hasMessageEndingWith(REMEDY);
  }

  private void refused(String problem) {
    assertThatThrownBy(() -> GrubKitFolder.load(folder))
        .isInstanceOf(GrubKitException.class)
        .hasMessage("the GRUB kit's " + problem + REMEDY);
  }

  private void write(String digest, String... entries) throws IOException {
    Files.writeString(folder.resolve("a.img"), "content of a");
    Files.writeString(folder.resolve("b.efi"), "");
    Files.writeString(
        folder.resolve("kit.json"),
        "{\"grub\": \"2.12\", \"marker\": \"/.disk/marker\", \"digest\": \"%s\", \"files\": [%s]}"
            .formatted(digest, String.join(",", entries)));
  }

  private static String entry(String name, String sha256) {
    return "{\"name\": \"%s\", \"size\": 0, \"sha256\": \"%s\"}".formatted(name, sha256);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
