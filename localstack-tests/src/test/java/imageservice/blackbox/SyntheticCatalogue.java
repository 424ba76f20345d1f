package imageservice.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What synthetic releases offer beside themselves: extensions of which some cannot be used,
/// overlays, and binaries of talosctl. All releases have the same.
final class SyntheticCatalogue {
  /// Where releases before 1.10 look for firmware.
  static final String FIRMWARE = "lib/firmware/hello/blob.bin";

  /// What the program of the overlay `mini-board` prints, and what it adds where it is told to.
  static final String BOARD_ARGUMENT = "mini.board=yes";

  static final String FAST_ARGUMENT = "mini.speed=fast";

  static final List<String> TALOSCTL =
      List.of("talosctl-darwin-arm64", "talosctl-linux-amd64", "talosctl-windows-amd64.exe");

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String PREFIX = "registry.example/siderolabs/";
  private static final BoardProgram BOARD =
      new BoardProgram(
          "name: mini-board\npartitionOptions: {offset: 2048}\nkernelArgs:\n  - %s\n"
              .formatted(BOARD_ARGUMENT),
          "  - %s\n".formatted(FAST_ARGUMENT),
          "no such speed\n");

  private final Path folder;

  /// Digests by name, in the order of the catalogue.
  private final Map<String, String> extensions = new LinkedHashMap<>();

  private SyntheticCatalogue(Path folder) {
    this.folder = folder;
  }

  /// Writes the catalogues of all versions below a folder.
  static void write(Path folder, List<String> versions) throws IOException {
    SyntheticCatalogue catalogue = new SyntheticCatalogue(folder);
    catalogue.writeExtensions();
    OciLayout lists = new OciLayout(folder.resolve("extensions"));
    for (String version : versions) {
      lists.add(version, everywhere(TarArchive.gzip(catalogue.extensionLists(version))));
    }
    catalogue.writeOverlays(versions.stream().filter(version -> minor(version) >= 7).toList());
    catalogue.writeTalosctl(versions.stream().filter(version -> minor(version) >= 11).toList());
  }

  static byte[] talosctl(String version, String file) {
    return bytes(file + " of " + version);
  }

  /// The digest of a repository's first image, `sha256:…`.
  static String digest(Path source, String repository) throws IOException {
    Matcher digest = DIGEST.matcher(Files.readString(source.resolve(repository + "/index.json")));
    if (!digest.find()) {
      throw new IllegalArgumentException("no image: " + repository);
    }
    return digest.group();
  }

  private void writeExtensions() throws IOException {
    Map<String, byte[]> hello = new LinkedHashMap<>();
    for (String architecture : SyntheticRelease.ARCHITECTURES) {
      SortedMap<String, byte[]> files = files("hello", "");
      files.put("rootfs/usr/local/share/hello.txt", bytes("hello on " + architecture));
      hello.put(architecture, TarArchive.gzip(files));
    }
    writeExtension("hello", hello);
    writeExtension("single", Map.of("amd64", TarArchive.gzip(files("single", ""))));
    writeExtension("future", everywhere(TarArchive.gzip(files("future", ">= 99.0.0"))));
    writeExtension(
        "piped", everywhere(TarArchive.gzip(files("piped", ""), List.of("rootfs/usr/pipe"))));
    SortedMap<String, byte[]> stray = files("stray", "");
    stray.put("README.md", bytes("read me"));
    writeExtension("stray", everywhere(TarArchive.gzip(stray)));
    SortedMap<String, byte[]> firmware = files("firmware", "");
    firmware.put("rootfs/" + FIRMWARE, bytes("firmware"));
    writeExtension("firmware", everywhere(TarArchive.gzip(firmware)));
  }

  private void writeExtension(String name, Map<String, byte[]> layers) throws IOException {
    extensions.put(name, new OciLayout(folder.resolve(name)).add("v1.0.0", layers));
  }

  private static SortedMap<String, byte[]> files(String name, String talosVersions) {
    String manifest =
        """
        version: v1alpha1
        metadata:
          name: %s
          version: v1.0.0
          author: The author
          description: Says hello
          compatibility:
            talos:
              version: "%s"
        """
            .formatted(name, talosVersions);
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("manifest.yaml", bytes(manifest));
    files.put("rootfs/usr/local/etc/" + name + ".conf", bytes(name));
    return files;
  }

  /// Releases from before 1.6 describe nothing.
  private SortedMap<String, byte[]> extensionLists(String version) {
    List<String> lines =
        extensions.entrySet().stream()
            .map(each -> PREFIX + each.getKey() + ":v1.0.0@" + each.getValue())
            .toList();
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("image-digests", bytes(String.join("\n", lines) + "\n"));
    if (minor(version) >= 6) {
      files.put(
          "descriptions.yaml",
          bytes(
              "%s:\n  author: The author\n  description: |\n    Says hello\n"
                  .formatted(lines.getFirst())));
    }
    return files;
  }

  private void writeOverlays(List<String> versions) throws IOException {
    SortedMap<String, byte[]> program =
        new TreeMap<>(
            Map.of(
                "installers/mini-board", BOARD.bytes(), "artifacts/arm64/board", bytes("board")));
    SortedMap<String, byte[]> other =
        new TreeMap<>(Map.of("installers/rpi_generic", bytes("never run")));
    List<String> items = new ArrayList<>(List.of("overlays:"));
    items.add(overlay("rpi_generic", "sbc-raspberrypi", other));
    items.add(overlay("mini-board", "sbc-mini", program));
    byte[] list =
        TarArchive.gzip(
            new TreeMap<>(Map.of("overlays.yaml", bytes(String.join("\n", items) + "\n"))));
    OciLayout lists = new OciLayout(folder.resolve("overlays"));
    for (String version : versions) {
      lists.add(version, everywhere(list));
    }
  }

  private String overlay(String name, String image, SortedMap<String, byte[]> files)
      throws IOException {
    String digest =
        new OciLayout(folder.resolve(image)).add("v0.1.0", everywhere(TarArchive.gzip(files)));
    return "  - name: %s\n    image: %s%s:v0.1.0\n    digest: %s"
        .formatted(name, PREFIX, image, digest);
  }

  private void writeTalosctl(List<String> versions) throws IOException {
    OciLayout layout = new OciLayout(folder.resolve("talosctl-all"));
    for (String version : versions) {
      SortedMap<String, byte[]> files = new TreeMap<>();
      TALOSCTL.forEach(file -> files.put(file, talosctl(version, file)));
      files.put("LICENSE", bytes("not a binary"));
      layout.add(version, everywhere(TarArchive.gzip(files)));
    }
  }

  private static Map<String, byte[]> everywhere(byte[] layer) {
    Map<String, byte[]> layers = new LinkedHashMap<>();
    SyntheticRelease.ARCHITECTURES.forEach(architecture -> layers.put(architecture, layer));
    return layers;
  }

  private static int minor(String version) {
    return Integer.parseInt(version.split("\\.", -1)[1]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
