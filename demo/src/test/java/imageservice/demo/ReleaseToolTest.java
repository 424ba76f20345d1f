package imageservice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.testing.Judge;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `fixtures/make-mini-release.sh` makes the same release of the same packages with mksquashfs,
/// depmod, cpio, zstd and xz. It fetches the packages where they are not there yet.
@Tag("boot")
final class ReleaseToolTest {
  private static final Path FIXTURES = Path.of("..", "fixtures").toAbsolutePath().normalize();

  @TempDir Path folder = Path.of("unset");

  @Test
  void theScriptMakesTheSameRelease() throws IOException, MalformedJsonException {
    assertTheScriptMakes("v1.13.2");
  }

  /// Without overlays, with other compressions and places of modules.
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"v1.6.7", "v1.9.5"})
  void theScriptMakesTheSameOlderRelease(String version)
      throws IOException, MalformedJsonException {
    assertTheScriptMakes(version);
  }

  private void assertTheScriptMakes(String version) throws IOException, MalformedJsonException {
    Path theirs = folder.resolve("theirs");
    Judge.named("bash")
        .run(
            FIXTURES.resolve("make-mini-release.sh").toString(),
            "--out",
            theirs.toString(),
            "--version",
            version,
            "--cache",
            packages().toString())
        .accepted();
    Path ours = folder.resolve("ours");
    new DemoReleases(ours, line -> {})
        .add(List.of(TalosVersion.parse(version).orElseThrow()), new Packages(packages()));
    List<String> tags = Files.readAllLines(ours.resolve("oci/tags"));
    assertThat(tags.stream().map(ReleaseToolTest::withoutDigests))
        .containsExactlyElementsOf(
            Files.readAllLines(theirs.resolve("oci/tags")).stream()
                .map(ReleaseToolTest::withoutDigests)
                .toList());
    for (String line : tags) {
      String image = line.split(" ", -1)[0];
      for (String architecture : List.of("amd64", "arm64")) {
        Image own = new Image(ours.resolve("oci").resolve(image), architecture);
        Image other = new Image(theirs.resolve("oci").resolve(image), architecture);
        assertThat(own.configuration()).as(line).isEqualTo(other.configuration());
        assertSame(own.unpack("ours-" + image), other.unpack("theirs-" + image), line);
      }
    }
  }

  @Test
  void skopeoReadsWhatWasMade() throws IOException {
    new DemoReleases(folder, line -> {})
        .add(List.of(TalosVersion.of(1, 13, 2)), new Packages(packages()));
    Judge skopeo = Judge.named("skopeo");
    for (String line : Files.readAllLines(folder.resolve("oci/tags"))) {
      String[] words = line.split(" ", -1);
      String source = "oci:" + folder.resolve("oci").resolve(words[0]) + ":" + words[1];
      String copy = "dir:" + folder.resolve("copy-" + words[0]);
      skopeo.run("copy", "-q", "--all", "--preserve-digests", source, copy).accepted();
    }
  }

  private static Path packages() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("image-service").resolve("packages");
  }

  private static String withoutDigests(String text) {
    return text.replaceAll("sha256:[0-9a-f]{64}", "DIGEST");
  }

  /// Both trees have the same entries with the same contents, but for what is compressed and for
  /// digests.
  private void assertSame(Path ours, Path theirs, String image) throws IOException {
    SortedMap<String, Path> own = entries(ours);
    SortedMap<String, Path> other = entries(theirs);
    assertThat(own.keySet()).as(image).isEqualTo(other.keySet());
    for (Map.Entry<String, Path> each : own.entrySet()) {
      String name = image + ": " + each.getKey();
      Path counterpart = other.getOrDefault(each.getKey(), Path.of(""));
      assertThat(kind(each.getValue())).as(name).isEqualTo(kind(counterpart));
      if (Files.isRegularFile(each.getValue(), LinkOption.NOFOLLOW_LINKS)) {
        assertSameFile(each.getValue(), counterpart, name);
      }
    }
  }

  private void assertSameFile(Path ours, Path theirs, String name) throws IOException {
    switch (ours.getFileName().toString()) {
      case "initramfs.xz" -> assertSame(initramfs(ours), initramfs(theirs), name);
      case "rootfs.sqsh" -> {
        assertThat(listing(ours)).as(name).isEqualTo(listing(theirs));
        assertSame(root(ours), root(theirs), name);
      }
      case "image-digests", "descriptions.yaml", "overlays.yaml" ->
          assertThat(withoutDigests(Files.readString(ours)))
              .as(name)
              .isEqualTo(withoutDigests(Files.readString(theirs)));
      default -> assertThat(Files.mismatch(ours, theirs)).as(name).isEqualTo(-1);
    }
  }

  private static String kind(Path entry) throws IOException {
    String type =
        Files.isSymbolicLink(entry)
            ? "link to " + Files.readSymbolicLink(entry)
            : Files.isDirectory(entry) ? "folder" : "file";
    return type
        + (Files.isSymbolicLink(entry)
            ? ""
            : " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)));
  }

  private static SortedMap<String, Path> entries(Path root) throws IOException {
    SortedMap<String, Path> entries = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.forEach(path -> entries.put(root.relativize(path).toString(), path));
    }
    return entries;
  }

  private static Path initramfs(Path file) throws IOException {
    Path into = Files.createDirectories(file.resolveSibling("unpacked-initramfs"));
    byte[] magic;
    try (var in = Files.newInputStream(file)) {
      magic = in.readNBytes(1);
    }
    String program = magic[0] == 0x28 ? "zstd" : "xz";
    Judge.named("cpio"); // it must be there
    Judge.named("bash")
        .runIn(
            into,
            "-c",
            "set -o pipefail; %s -dc <%s | cpio -idm --quiet --no-absolute-filenames"
                .formatted(program, file.toAbsolutePath()))
        .accepted();
    return into;
  }

  private static Path root(Path file) {
    Path into = file.resolveSibling("unpacked-root");
    Judge.named("unsquashfs").run("-q", "-n", "-d", into.toString(), file.toString()).accepted();
    return into;
  }

  private static String listing(Path file) {
    return Judge.named("unsquashfs").run("-lln", file.toString()).accepted().output();
  }

  /// One architecture of an image in a layout.
  private final class Image {
    private final Path blobs;
    private final JsonFields manifest;
    private final String architecture;

    Image(Path layout, String architecture) throws IOException, MalformedJsonException {
      this.blobs = layout.resolve("blobs/sha256");
      this.architecture = architecture;
      JsonFields tags = JsonFields.foreign(Files.readAllBytes(layout.resolve("index.json")));
      JsonFields index = document(tags.objects("manifests").getFirst().text("digest"));
      String digest = "";
      for (JsonFields each : index.objects("manifests")) {
        if (each.object("platform").text("architecture").equals(architecture)) {
          digest = each.text("digest");
        }
      }
      this.manifest = document(digest);
    }

    private JsonFields document(String digest) throws IOException, MalformedJsonException {
      return JsonFields.foreign(Files.readAllBytes(blob(digest)));
    }

    private Path blob(String digest) {
      return blobs.resolve(digest.substring("sha256:".length()));
    }

    /// What the image says of itself.
    List<Object> configuration() throws IOException, MalformedJsonException {
      JsonFields image = document(manifest.object("config").text("digest"));
      JsonFields config = image.object("config");
      return List.of(
          image.text("architecture"),
          image.text("os"),
          image.text("created"),
          config.texts("Env"),
          config.optionalTexts("Entrypoint"),
          config.object("Labels").text("alpha.talos.dev/version"));
    }

    Path unpack(String name) throws IOException, MalformedJsonException {
      Path into = Files.createDirectories(folder.resolve(name + "-" + architecture));
      List<String> layers = new ArrayList<>();
      for (JsonFields layer : manifest.objects("layers")) {
        layers.add(layer.text("digest"));
      }
      for (String digest : layers) {
        Judge.named("tar").run("-xzpf", blob(digest).toString(), "-C", into.toString()).accepted();
      }
      return into;
    }
  }
}
