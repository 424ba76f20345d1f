package imageservice.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One repository of a source: an OCI layout with tagged images of one layer per architecture.
final class OciLayout {
  private static final String OCI = "application/vnd.oci.image.";

  private final Path folder;
  private final Path blobs;
  private final List<String> tagged = new ArrayList<>();

  OciLayout(Path folder) throws IOException {
    this.folder = folder;
    this.blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  /// Adds an image.
  ///
  /// @param layers gzip-compressed tars by architecture
  /// @return the digest of its index, `sha256:…`
  String add(String tag, Map<String, byte[]> layers) throws IOException {
    List<String> manifests = new ArrayList<>();
    for (var layer : layers.entrySet()) {
      manifests.add(
          with(
              manifest(
                  layer.getKey(),
                  blob("layer.v1.tar+gzip", layer.getValue()),
                  Hash.sha256(TarArchive.plain(layer.getValue()))),
              "\"platform\":{\"os\":\"linux\",\"architecture\":\"" + layer.getKey() + "\"}"));
    }
    byte[] index =
        bytes(document("index.v1+json") + ",\"manifests\":[" + String.join(",", manifests) + "]}");
    tagged.add(
        with(
            blob("index.v1+json", index),
            "\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + tag + "\"}"));
    Files.writeString(
        folder.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", tagged) + "]}");
    return "sha256:" + Hash.sha256(index);
  }

  private String manifest(String architecture, String layer, String diffId) throws IOException {
    String config =
        blob(
            "config.v1+json",
            bytes(
                "{\"architecture\":\""
                    + architecture
                    + "\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:"
                    + diffId
                    + "\"]}}"));
    return blob(
        "manifest.v1+json",
        bytes(
            document("manifest.v1+json")
                + ",\"config\":"
                + config
                + ",\"layers\":["
                + layer
                + "]}"));
  }

  private static String with(String descriptor, String field) {
    return descriptor.substring(0, descriptor.length() - 1) + "," + field + "}";
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
