package imageservice.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Releases that nothing boots, in the layout of real ones: a folder of OCI layouts with the image
/// `imager`, kernels and initramfs images of a few hundred kilobytes from a seeded generator.
final class SyntheticRelease {
  static final List<String> VERSIONS = List.of("v1.5.5", "v1.7.6", "v1.9.5", "v1.11.0", "v1.13.2");
  static final List<String> ARCHITECTURES = List.of("amd64", "arm64");
  private static final String OCI = "application/vnd.oci.image.";

  private final Path blobs;

  private SyntheticRelease(Path blobs) {
    this.blobs = blobs;
  }

  /// Writes all versions below a folder.
  static Path write(Path folder) throws IOException {
    return write(folder, VERSIONS, 1);
  }

  /// @param scale multiplies the sizes of kernel and initramfs
  static Path write(Path folder, List<String> versions, int scale) throws IOException {
    Path layout = folder.resolve("imager");
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    List<String> manifests = new ArrayList<>();
    for (String version : versions) {
      String index = new SyntheticRelease(blobs).index(version, scale);
      manifests.add(
          index.substring(0, index.length() - 1)
              + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\""
              + version
              + "\"}}");
    }
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", manifests) + "]}");
    return folder;
  }

  /// The kernel that a version's image holds.
  static byte[] kernel(String version, String architecture, int scale) {
    return random("vmlinuz " + version + architecture, scale * 300_001);
  }

  static byte[] initramfs(String version, String architecture, int scale) throws IOException {
    boolean zstd = Integer.parseInt(version.split("\\.", -1)[1]) >= 8;
    return CpioInitramfs.compressed(
        random("rootfs " + version + architecture, scale * 200_003), zstd);
  }

  private String index(String version, int scale) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String architecture : ARCHITECTURES) {
      String folder = "usr/install/" + architecture + "/";
      files.put(folder + "vmlinuz", kernel(version, architecture, scale));
      files.put(folder + "initramfs.xz", initramfs(version, architecture, scale));
    }
    String layer = blob("layer.v1.tar+gzip", TarArchive.gzip(files));
    List<String> manifests = new ArrayList<>();
    for (String architecture : ARCHITECTURES) {
      String config =
          blob(
              "config.v1+json",
              bytes(
                  "{\"architecture\":\""
                      + architecture
                      + "\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"));
      String manifest =
          blob(
              "manifest.v1+json",
              bytes(
                  document("manifest.v1+json")
                      + ",\"config\":"
                      + config
                      + ",\"layers\":["
                      + layer
                      + "]}"));
      manifests.add(
          manifest.substring(0, manifest.length() - 1)
              + ",\"platform\":{\"os\":\"linux\",\"architecture\":\""
              + architecture
              + "\"}}");
    }
    return blob(
        "index.v1+json",
        bytes(document("index.v1+json") + ",\"manifests\":[" + String.join(",", manifests) + "]}"));
  }

  private static String document(String type) {
    return "{\"schemaVersion\":2,\"mediaType\":\"" + OCI + type + "\"";
  }

  private String blob(String type, byte[] content) throws IOException {
    String digest = Hash.sha256(content);
    Files.write(blobs.resolve(digest), content);
    return "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%d}"
        .formatted(OCI + type, digest, content.length);
  }

  private static byte[] random(String seed, int size) {
    byte[] content = new byte[size];
    new Random(seed.hashCode()).nextBytes(content);
    return content;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
