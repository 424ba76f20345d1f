package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.layers.TreeEntry;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.TestImages;
import imageservice.formats.testing.Judge;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The field's unpacker sees the same files in an image.
@Tag("tool")
final class FetchToolTest {
  private static final long SEED = 4711L;

  @TempDir private Path folder = Path.of("unset");

  @Test
  void flattensAsUmociDoes() throws IOException {
    Judge umoci = Judge.named("umoci");
    Random random = new Random(SEED);
    try (BlobCache cache = cache()) {
      for (int round = 0; round < 25; round++) {
        TestImages images = new TestImages();
        Descriptor[] layers = new Descriptor[1 + random.nextInt(4)];
        List<String> linkable = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
          layers[i] = images.layer(randomLayer(random, linkable));
        }
        images.tag("v1", images.manifest("amd64", layers));
        Path layout = folder.resolve("layout" + round);
        Path bundle = folder.resolve("bundle" + round);
        images.writeLayout(layout, "");
        asManifest(layout);
        umoci.run("unpack", "--rootless", "--image", layout + ":v1", bundle.toString()).accepted();
        OciImages oci = new OciImages(new MemorySource(images), new UnverifiedAdmitted(), cache);
        assertThat(
                ours(
                    oci.tree(oci.resolve("imager", "v1"), Architecture.AMD64, Wanted.everything())))
            .as("seed %d, round %d", SEED, round)
            .isEqualTo(theirs(bundle.resolve("rootfs")));
      }
    }
  }

  /// Files, folders, links and whiteouts over few names, so that layers meet. Parents are always
  /// there: unpackers differ on what is not.
  private static TestImages.Layer randomLayer(Random random, List<String> linkable)
      throws IOException {
    TestImages.Layer layer = new TestImages.Layer();
    List<String> names = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
    java.util.Collections.shuffle(names, random);
    for (String name : names.subList(0, 4)) {
      switch (random.nextInt(6)) {
        case 0 -> {
          layer.file(name, name + random.nextInt());
          linkable.add(name);
        }
        case 1 -> layer.symlink(name, "somewhere/" + random.nextInt(10));
        case 2 -> layer.file(".wh." + name, "");
        default -> randomFolder(random, layer, name);
      }
    }
    layer.file("target", "target" + random.nextInt());
    layer.hardLink("link" + random.nextInt(3), "target");
    return layer;
  }

  private static void randomFolder(Random random, TestImages.Layer layer, String name)
      throws IOException {
    layer.directory(name);
    if (random.nextInt(4) == 0) {
      layer.file(name + "/.wh..wh..opq", "");
    }
    for (String inner : List.of("x", "y", "z")) {
      switch (random.nextInt(5)) {
        case 0 -> layer.file(name + "/" + inner, inner + random.nextInt());
        case 1 -> layer.file(name + "/.wh." + inner, "");
        case 2 -> {
          layer.directory(name + "/" + inner);
          layer.file(name + "/" + inner + "/deep", "deep" + random.nextInt());
        }
        default -> {}
      }
    }
  }

  private static SortedMap<String, String> ours(SortedMap<String, TreeEntry> tree)
      throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, TreeEntry> each : tree.entrySet()) {
      texts.put(
          each.getKey(),
          switch (each.getValue()) {
            case TreeEntry.File file -> "file " + file.content().digest();
            case TreeEntry.Directory ignored -> "directory";
            case TreeEntry.Symlink link -> "link to " + link.target();
          });
    }
    return texts;
  }

  private static SortedMap<String, String> theirs(Path root) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(each -> !each.equals(root)).toList()) {
        String text =
            Files.isSymbolicLink(path)
                ? "link to " + Files.readSymbolicLink(path)
                : Files.isDirectory(path)
                    ? "directory"
                    : "file " + Digest.of(Files.readAllBytes(path));
        texts.put(root.relativize(path).toString(), text);
      }
    }
    return texts;
  }

  /// Our layouts say that every reference is an index; umoci believes it.
  private static void asManifest(Path layout) throws IOException {
    Path index = layout.resolve("index.json");
    Files.writeString(
        index,
        Files.readString(index)
            .replace("vnd.oci.image.index.v1+json", "vnd.oci.image.manifest.v1+json"));
  }

  private BlobCache cache() throws IOException {
    return new BlobCache(
        folder.resolve("cache"), 1L << 30, () -> Instant.parse("2026-01-01T00:00:00Z"));
  }
}
