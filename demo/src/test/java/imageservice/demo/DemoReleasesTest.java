package imageservice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Releases of packages that have next to nothing in them.
final class DemoReleasesTest {
  private static final TalosVersion OLD = TalosVersion.of(1, 6, 0);
  private static final TalosVersion GRUB = TalosVersion.of(1, 9, 5);
  private static final TalosVersion NEW = TalosVersion.of(1, 13, 2);

  @TempDir Path folder = Path.of("unset");
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void preparePackages() throws IOException {
    TinyPackages.in(folder.resolve("packages"));
  }

  private DemoReleases add(String name, TalosVersion... versions) throws IOException {
    DemoReleases releases = new DemoReleases(folder.resolve(name), said::add);
    releases.add(Arrays.asList(versions), new Packages(folder.resolve("packages")));
    return releases;
  }

  private String tags(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("oci/tags"))
        .replaceAll(" sha256:[0-9a-f]{64}", "");
  }

  private Map<String, String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> root.relativize(file).toString(),
                  DemoReleasesTest::content,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void eachVersionHasTheImagesThatItOffers() throws IOException {
    add("old", OLD);
    assertThat(tags("old"))
        .isEqualTo(
            """
            extensions v1.6.0
            imager v1.6.0
            installer v1.6.0
            installer-base v1.6.0
            mini-firmware 1.2.3
            mini-hello 1.0.0
            mini-module 6.1.0-v1.6.0
            """);
    add("new", NEW);
    assertThat(tags("new"))
        .isEqualTo(
            """
            extensions v1.13.2
            imager v1.13.2
            installer v1.13.2
            installer-base v1.13.2
            mini-firmware 1.2.3
            mini-hello 1.0.0
            mini-module 6.1.0-v1.13.2
            overlays v1.13.2
            sbc-mini v0.2.0
            sbc-raspberrypi v0.2.0
            sbc-rockchip v0.2.0
            talosctl-all v1.13.2
            """);
  }

  @Test
  void theBytesAreTheSameAtOnceAndOneByOne() throws IOException {
    add("at-once", OLD, GRUB, NEW);
    add("one-by-one", OLD);
    add("one-by-one", GRUB);
    add("one-by-one", NEW);
    assertThat(files("one-by-one")).isEqualTo(files("at-once"));
    assertThat(files("at-once").keySet())
        .as("nothing is left of the work")
        .noneMatch(file -> file.contains("/.") || file.startsWith("."));
  }

  @Test
  void whatIsThereIsNotMadeAgain() throws IOException {
    DemoReleases releases = add("demo", GRUB);
    assertThat(said)
        .containsExactly("reading Debian's packages", "making the miniature release v1.9.5");
    said.clear();
    Path imager = folder.resolve("demo/oci/imager/index.json");
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(imager, longAgo);
    add("demo", GRUB);
    assertThat(said).isEmpty();
    assertThat(Files.getLastModifiedTime(imager)).isEqualTo(longAgo);
    assertThat(releases.missing(List.of(GRUB, NEW))).containsExactly(NEW);
    add("demo", GRUB, NEW);
    assertThat(said)
        .containsExactly("reading Debian's packages", "making the miniature release v1.13.2");
    assertThat(releases.missing(List.of(GRUB, NEW))).isEmpty();
  }

  /// The catalogue of the older release names it by its digest.
  @Test
  void anImageThatLosesItsTagStays() throws IOException {
    add("demo", GRUB);
    Layout firmware = new Layout(folder.resolve("demo/oci/mini-firmware"));
    var older = firmware.tags().get("1.2.3");
    add("demo", NEW);
    assertThat(firmware.tags()).containsOnlyKeys("1.2.3").doesNotContainValue(older);
    String index = Files.readString(folder.resolve("demo/oci/mini-firmware/index.json"));
    assertThat(index)
        .contains("\"digest\":\"" + older + "\"")
        .startsWith("{\"schemaVersion\":2,\"manifests\":[");
  }

  @Test
  void aRunThatWasStoppedIsTakenUp() throws IOException {
    Path partial = Files.createDirectories(folder.resolve("demo/.partial/amd64/kernel"));
    Files.writeString(partial.resolve("0"), "half a ker");
    Files.writeString(folder.resolve("demo/.partial/v1.9.5"), "half a root");
    Path imager = Files.createDirectories(folder.resolve("demo/oci/imager/blobs/sha256"));
    Files.writeString(imager.resolve(".incoming"), "half a layer");
    add("demo", GRUB);
    add("whole", GRUB);
    assertThat(files("demo")).isEqualTo(files("whole"));
  }

  @Test
  void ofProgramsOnOneFolderOneMakesTheReleaseAndOthersWait()
      throws IOException, InterruptedException {
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      programs.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  AddProgram.class.getName(),
                  folder.resolve("demo").toString(),
                  folder.resolve("packages").toString(),
                  GRUB.toString())
              .redirectErrorStream(true)
              .start());
    }
    StringBuilder all = new StringBuilder();
    for (Process program : programs) {
      all.append(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(program.waitFor()).as(all.toString()).isZero();
    }
    assertThat(all.toString())
        .isEqualTo("reading Debian's packages\nmaking the miniature release v1.9.5\n");
    add("whole", GRUB);
    assertThat(files("demo")).isEqualTo(files("whole"));
  }

  @Test
  void aDamagedIndexIsToldWithWhatToDo() throws IOException {
    Path imager = Files.createDirectories(folder.resolve("demo/oci/imager"));
    Files.writeString(imager.resolve("index.json"), "{");
    assertThatThrownBy(() -> add("demo", GRUB))
        .hasMessage(
            "%s is damaged (not a JSON object): delete %s, and start again"
                .formatted(imager.resolve("index.json"), folder.resolve("demo/oci")));
  }

  @Test
  void withoutPackagesNothingIsMade() throws IOException {
    Files.delete(folder.resolve("packages/debs/index"));
    assertThatThrownBy(() -> add("demo", GRUB))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("there is no Debian package ");
    assertThat(folder.resolve("demo/oci")).isEmptyDirectory();
    assertThat(folder.resolve("demo/.partial")).doesNotExist();
  }
}
