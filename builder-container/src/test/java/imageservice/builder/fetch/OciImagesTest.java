package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.Architecture;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.Tags;
import imageservice.builder.oci.TestImages;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class OciImagesTest extends OciImagesFixture {
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
    String hex = Digest.of(bytes("A")).hex();
    Files.delete(folder.resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex));
    assertThat(texts(oci.files(image, Architecture.AMD64, Wanted.everything())))
        .containsExactly(Map.entry("a", "A"));
    assertThat(source.asked()).containsExactly("manifest", "blob", "blob");
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
  void usesUnverifiedImagesOnlyOnTheOperatorsWord() throws IOException {
    TestImages small = TestImages.small();
    Digest digest = Objects.requireNonNull(small.tags().get("v1"));
    OciImages careful =
        new OciImages(new MemorySource(small), new UnverifiedRefused(), caches.getLast());
    assertThat(careful.tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("v1"), Optional.empty()));
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
}
