package imageservice.builder.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import imageservice.asset.Architecture;
import imageservice.builder.fetch.OciImagesFixture;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestImages;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

final class LayeredFilesTest extends OciImagesFixture {
  @Test
  void putsLayersOnEachOther() throws IOException {
    OciImage image =
        image(
            new TestImages.Layer()
                .file("kept", "1")
                .file("changed", "1")
                .file("gone", "1")
                .file("folder/gone", "1")
                .file("opaque/gone", "1")
                .file("file-to-folder", "1")
                .file("folder-to-file/gone", "1")
                .file("linked", "1"),
            new TestImages.Layer()
                .file("changed", "2")
                .file(".wh.gone", "")
                .file(".wh.folder", "")
                .file("opaque/new", "2")
                .file("opaque/.wh..wh..opq", "")
                .file("file-to-folder/new", "2")
                .file("folder-to-file", "2")
                .hardLink("link", "linked")
                .file(".wh..wh.plnk/x", "aufs"),
            new TestImages.Layer().file(".wh.linked", "").file("same", "3").file(".wh.same", ""));
    assertThat(texts(oci.files(image, Architecture.AMD64, Wanted.everything())))
        .containsExactly(
            Map.entry("changed", "2"),
            Map.entry("file-to-folder/new", "2"),
            Map.entry("folder-to-file", "2"),
            Map.entry("kept", "1"),
            Map.entry("link", "1"),
            Map.entry("opaque/new", "2"),
            Map.entry("same", "3"));
  }

  @Test
  void followsHardLinksToFilesThatNobodyWanted() throws IOException {
    OciImage image =
        image(
            new TestImages.Layer()
                .file("target", "T")
                .hardLink("one", "target")
                .hardLink("two", "./one"),
            new TestImages.Layer().file(".wh.target", ""));
    assertThat(texts(oci.files(image, Architecture.AMD64, Wanted.files("two"))))
        .containsExactly(Map.entry("two", "T"));
  }

  @Test
  void readsPlainAndZstdLayersAndSeveralGzipMembers() throws IOException {
    byte[] tar = new TestImages.Layer().file("a", "A").file("b", "B".repeat(5000)).tar();
    byte[] first = java.util.Arrays.copyOf(tar, 1000);
    byte[] second = java.util.Arrays.copyOfRange(tar, 1000, tar.length);
    java.io.ByteArrayOutputStream members = new java.io.ByteArrayOutputStream();
    members.write(TestImages.gzip(first));
    members.write(TestImages.gzip(second));
    for (Descriptor layer :
        List.of(
            images.blob("application/vnd.oci.image.layer.v1.tar", tar),
            images.blob("application/vnd.oci.image.layer.v1.tar+zstd", Zstd.compress(tar)),
            images.blob(
                "application/vnd.docker.image.rootfs.diff.tar.gzip", members.toByteArray()))) {
      OciImage image = OciImage.of("imager", images.manifest("amd64", layer).digest());
      assertThat(oci.files(image, Architecture.AMD64, Wanted.files("a", "b"))).hasSize(2);
    }
  }

  @Test
  void saysWhichFileOfWhichImageIsMissing() throws IOException {
    images.tag(
        "v1.9.0",
        images.manifest(
            "amd64", images.layer(new TestImages.Layer().directory("usr").symlink("l", "usr"))));
    OciImage image = oci.resolve("imager", "v1.9.0");
    String prefix = "imager:v1.9.0@" + images.tags().get("v1.9.0") + ": ";
    String remedy = "; check that this version of the image has it";
    assertThatThrownBy(() -> oci.files(image, Architecture.AMD64, Wanted.files("usr/kernel")))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessage(prefix + "has no file usr/kernel" + remedy);
    assertThatThrownBy(() -> oci.files(image, Architecture.AMD64, Wanted.files("usr")))
        .hasMessage(prefix + "usr is a directory, not a file" + remedy);
    assertThatThrownBy(() -> oci.files(image, Architecture.AMD64, Wanted.files("l")))
        .hasMessage(prefix + "l is a symbolic link to usr, not a file" + remedy);
  }

  @Test
  void refusesPathsThatLeadOut() throws IOException {
    for (String name : List.of("../a", "/a", "usr/../../a", "a//b", "a/./b", "..")) {
      for (byte type : new byte[] {TarConstants.LF_LINK, TarConstants.LF_NORMAL}) {
        OciImage image = image(new TestImages.Layer().file("x", "").special(name, type, "x"));
        assertThatThrownBy(() -> oci.tree(image, Architecture.AMD64, Wanted.everything()))
            .isInstanceOf(SourceException.Malformed.class)
            .hasMessageContaining(": a path that leads out of the image: " + name + ";");
      }
    }
    refused(new TestImages.Layer().hardLink("a", "../../etc/passwd"));
    refused(new TestImages.Layer().hardLink("a", "./"));
    refused(new TestImages.Layer().hardLink("a", "nothing"));
    refused(new TestImages.Layer().special("sparse", TarConstants.LF_GNUTYPE_SPARSE, ""));
    refused(new TestImages.Layer().file("a/.wh.", ""));
    refused(new TestImages.Layer().file("a/.wh...", ""));
  }

  @Test
  void makesNoDevice() throws IOException {
    OciImage image =
        image(
            new TestImages.Layer()
                .special("dev/null", TarConstants.LF_CHR, "")
                .special("pipe", TarConstants.LF_FIFO, "")
                .file("a", "A"));
    assertThatThrownBy(() -> oci.tree(image, Architecture.AMD64, Wanted.everything()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("dev/null is a device, which is never made");
    assertThat(oci.files(image, Architecture.AMD64, Wanted.files("a"))).hasSize(1);
  }

  @Test
  void makesNoDeviceOfAHardLinkEither() throws IOException {
    OciImage image =
        image(
            new TestImages.Layer()
                .special("dev/null", TarConstants.LF_CHR, "")
                .hardLink("link", "dev/null"));
    assertThatThrownBy(() -> oci.tree(image, Architecture.AMD64, Wanted.files("link")))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("link is a hard link to dev/null, which is no file");
  }

  @Test
  void listsPathsAndKeepsNothing() throws IOException {
    OciImage image =
        image(
            new TestImages.Layer()
                .file("a", "A")
                .file("gone", "G")
                .directory("b")
                .file("b/c", "C")
                .hardLink("d", "a")
                .symlink("e", "a")
                .special("f", TarConstants.LF_FIFO, ""),
            new TestImages.Layer().file(".wh.gone", ""));
    assertThat(oci.paths(image, Architecture.AMD64)).containsExactly("a", "b/c", "d");
    assertThat(caches.getFirst().find(Digest.of(bytes("A")))).isEmpty();
  }

  @Test
  void refusesLayersThatExpandTooFar() throws IOException {
    OciImage zeros =
        image(new TestImages.Layer().file("zeros", 0644, new byte[100 << 20], Map.of()));
    assertThatThrownBy(() -> oci.files(zeros, Architecture.AMD64, Wanted.files("a")))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("expands to more than 200 times its size");
    OciImage layer =
        OciImage.of(
            "imager",
            images
                .manifest(
                    "amd64",
                    new Descriptor(TestImages.GZIP_LAYER, Digest.of(bytes("x")), (1L << 30) + 1))
                .digest());
    assertThatThrownBy(() -> oci.files(layer, Architecture.AMD64, Wanted.files("a")))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("has 1073741825 bytes, at most 1073741824");
  }

  @Test
  void countsEntriesAndBytes() throws IOException {
    ExpansionLimits limits = new ExpansionLimits("image");
    for (int i = 0; i < ExpansionLimits.MAX_ENTRIES; i++) {
      limits.entry("a", "", "");
    }
    assertThatThrownBy(() -> limits.entry("a", "", ""))
        .isInstanceOf(SourceException.TooLarge.class);
    limits.compressed(1L << 30);
    limits.expanded(ExpansionLimits.MAX_EXPANDED);
    assertThatThrownBy(() -> limits.expanded(1))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("image: expands to more than 4294967296 bytes");
  }

  @Test
  void countsAllTextThatIsKept() throws IOException {
    ExpansionLimits limits = new ExpansionLimits("image");
    String text = "x".repeat(1 << 20);
    for (int i = 0; i < 10; i++) {
      limits.entry(text, text, text);
    }
    assertThatThrownBy(() -> limits.entry(text, text, text))
        .isInstanceOf(SourceException.TooLarge.class);
  }

  @Test
  void refusesHeadersWithoutEnd() throws IOException {
    OciImage image =
        image(
            new TestImages.Layer()
                .file("a", 0644, bytes("A"), Map.of("comment", "x".repeat(2 << 20))));
    assertThatThrownBy(() -> oci.files(image, Architecture.AMD64, Wanted.files("a")))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("an entry's header is too large");
  }
}
