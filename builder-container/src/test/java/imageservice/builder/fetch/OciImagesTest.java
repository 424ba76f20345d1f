package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import imageservice.asset.Architecture;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OciImagesTest {
  @TempDir private Path folder = Path.of("unset");
  private final TestImages images = new TestImages();
  private final MemorySource source = new MemorySource(images);
  private final List<BlobCache> caches = new ArrayList<>();

  /// Set anew for each test, when its folder is there.
  @SuppressWarnings("NullAway.Init") // by openCache, before each test
  private OciImages oci;

  @BeforeEach
  void openCache() throws IOException {
    restart();
  }

  @AfterEach
  void close() throws IOException {
    for (BlobCache cache : caches) {
      cache.close();
    }
  }

  @Test
  void picksSeveralFilesOutOfOneStreamOfALayer() throws IOException {
    OciImage image =
        image(new TestImages.Layer().file("a", "A").file("usr/b", "B").file("usr/c", "C"));
    assertThat(texts(oci.files(image, Architecture.AMD64, Wanted.files("a", "usr/c"))))
        .containsExactly(Map.entry("a", "A"), Map.entry("usr/c", "C"));
    assertThat(source.asked()).containsExactly("manifest", "blob");
  }

  @Test
  void needsNoSourceForWhatItHas() throws IOException {
    OciImage image =
        image(
            new TestImages.Layer()
                .directory("usr")
                .file("usr/a", 0755, bytes("A"), Map.of("SCHILY.xattr.security.selinux", "label"))
                .symlink("usr/b", "a"));
    SortedMap<String, TreeEntry> before =
        oci.tree(image, Architecture.AMD64, Wanted.folders("usr"));
    assertThat(before)
        .containsOnlyKeys("usr", "usr/a", "usr/b")
        .containsEntry("usr", new TreeEntry.Directory(0755, null))
        .containsEntry("usr/b", new TreeEntry.Symlink(0755, null, "a"));
    source.asked().clear();
    restart();
    SortedMap<String, TreeEntry> after = oci.tree(image, Architecture.AMD64, Wanted.folders("usr"));
    assertThat(source.asked()).isEmpty();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.get("usr/a"))
        .isInstanceOfSatisfying(
            TreeEntry.File.class,
            file -> {
              assertThat(file.mode()).isEqualTo(0755);
              assertThat(file.selinux()).isEqualTo("label");
              assertThat(file.content().digest()).isEqualTo(Digest.of(bytes("A")));
            });
    assertThat(oci.files(image, Architecture.AMD64, Wanted.files("usr/a"))).hasSize(1);
    oci.manifest(image, Architecture.AMD64);
    assertThat(source.asked()).isEmpty();
  }

  @Test
  void fetchesAgainWhatWasEvicted() throws IOException {
    OciImage image = image(new TestImages.Layer().file("a", "A"));
    oci.files(image, Architecture.AMD64, Wanted.everything());
    restart();
    caches.getLast().evict(caches.getLast().find(Digest.of(bytes("A"))).orElseThrow());
    assertThat(texts(oci.files(image, Architecture.AMD64, Wanted.everything())))
        .containsExactly(Map.entry("a", "A"));
    assertThat(source.asked()).containsExactly("manifest", "blob", "blob");
  }

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
  void choosesThePlatform() throws IOException {
    Map<String, Descriptor> manifests = new TreeMap<>();
    for (String name : List.of("amd64", "arm64")) {
      manifests.put(
          name, images.manifest(name, images.layer(new TestImages.Layer().file("a", name))));
    }
    OciImage image = OciImage.of("imager", images.index(manifests).digest());
    for (Architecture architecture : Architecture.values()) {
      assertThat(texts(oci.files(image, architecture, Wanted.files("a"))))
          .containsExactly(Map.entry("a", architecture.toString()));
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
      refused(new TestImages.Layer().file("x", "").special(name, TarConstants.LF_LINK, "x"));
    }
    refused(new TestImages.Layer().hardLink("a", "../../etc/passwd"));
    refused(new TestImages.Layer().hardLink("a", "./"));
    refused(new TestImages.Layer().hardLink("a", "nothing"));
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
      limits.entry("a");
    }
    assertThatThrownBy(() -> limits.entry("a")).isInstanceOf(SourceException.TooLarge.class);
    limits.compressed(1L << 30);
    limits.expanded(ExpansionLimits.MAX_EXPANDED);
    assertThatThrownBy(() -> limits.expanded(1))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("image: expands to more than 4294967296 bytes");
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

  @Test
  void usesUnverifiedImagesOnlyOnTheOperatorsWord() throws IOException {
    TestImages small = TestImages.small();
    Digest digest = Objects.requireNonNull(small.tags().get("v1"));
    OciImages careful =
        new OciImages(new MemorySource(small), new Trust.VerifiedOnly(), caches.getLast());
    assertThat(careful.tags("imager")).containsExactly("v1");
    assertThatThrownBy(() -> careful.resolve("imager", "v1"))
        .isInstanceOf(SourceException.Untrusted.class)
        .hasMessage(
            "imager:v1@%s: its signature is not verified; to use unverified images, start with --insecure-sources"
                .formatted(digest));
    OciImage image = OciImage.of("imager", digest);
    Descriptor blob = new Descriptor("x", digest, 1);
    assertThatThrownBy(() -> careful.blob(image, blob))
        .isInstanceOf(SourceException.Untrusted.class);
    assertThatThrownBy(() -> careful.manifest(image, Architecture.AMD64))
        .isInstanceOf(SourceException.Untrusted.class);
    assertThatThrownBy(() -> careful.tree(image, Architecture.AMD64, Wanted.everything()))
        .isInstanceOf(SourceException.Untrusted.class);
  }

  @Test
  void keepsWholeBlobs() throws IOException {
    Descriptor layer = images.layer(new TestImages.Layer().file("a", "A"));
    OciImage image = OciImage.of("imager", images.manifest("amd64", layer).digest());
    assertThat(oci.blob(image, layer).digest()).isEqualTo(layer.digest());
    assertThat(oci.blob(image, layer).length()).isEqualTo(layer.size());
    assertThat(source.asked()).containsExactly("blob");
  }

  private BlobCache open() throws IOException {
    BlobCache cache = new BlobCache(folder, 1L << 30, () -> Instant.parse("2026-01-01T00:00:00Z"));
    caches.add(cache);
    return cache;
  }

  private void restart() throws IOException {
    oci = new OciImages(source, new Trust.Insecure(), open());
  }

  private OciImage image(TestImages.Layer... layers) throws IOException {
    List<Descriptor> descriptors = new ArrayList<>();
    for (TestImages.Layer layer : layers) {
      descriptors.add(images.layer(layer));
    }
    return OciImage.of(
        "imager", images.manifest("amd64", descriptors.toArray(Descriptor[]::new)).digest());
  }

  private void refused(TestImages.Layer layer) throws IOException {
    OciImage image = image(layer);
    assertThatThrownBy(() -> oci.tree(image, Architecture.AMD64, Wanted.everything()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageStartingWith("imager@" + image.digest() + ": ");
  }

  private static SortedMap<String, String> texts(Map<String, CachedBlob> files) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, CachedBlob> file : files.entrySet()) {
      texts.put(file.getKey(), new String(file.getValue().bytes(1 << 20), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
