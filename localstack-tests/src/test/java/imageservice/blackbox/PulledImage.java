package imageservice.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The image of one architecture in an OCI layout.
///
/// @param digest of its manifest
/// @param content the manifest
record PulledImage(Path layout, String digest, JsonNode content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Reads the layout's only image, or that of an architecture out of the index that it has.
  static PulledImage in(Path layout, String architecture) throws IOException {
    JsonNode manifests = JSON.readTree(layout.resolve("index.json").toFile()).get("manifests");
    if (manifests.size() != 1) {
      throw new IOException("not one image: " + manifests);
    }
    PulledImage top = of(layout, manifests.get(0).get("digest").asText());
    for (JsonNode entry : top.content.path("manifests")) {
      if (entry.at("/platform/architecture").asText().equals(architecture)) {
        return of(layout, entry.get("digest").asText());
      }
    }
    return top;
  }

  private static PulledImage of(Path layout, String digest) throws IOException {
    return new PulledImage(layout, digest, JSON.readTree(blob(layout, digest).toFile()));
  }

  private static Path blob(Path layout, String digest) {
    return layout.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  /// What its configuration says that it is for.
  String architecture() throws IOException {
    Path configuration = blob(layout, content.at("/config/digest").asText());
    return JSON.readTree(configuration.toFile()).get("architecture").asText();
  }

  /// Unpacks its layers into a folder.
  Path unpack(Path root) throws Exception {
    Files.createDirectories(root);
    for (JsonNode layer : content.get("layers")) {
      String file = blob(layout, layer.get("digest").asText()).toString();
      Command.succeed(root, List.of("bsdtar", "--no-same-owner", "-xf", file));
    }
    return root;
  }
}
