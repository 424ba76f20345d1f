package imageservice.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Signs the images of an OCI layout by a key, in cosign's older form.
record SourceSigner(Path layout, KeyPair key) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Signs each image that has a tag.
  void signAll() throws IOException, GeneralSecurityException {
    Path file = layout.resolve("index.json");
    JsonNode index = JSON.readTree(Files.readAllBytes(file));
    ArrayNode images = (ArrayNode) index.get("manifests");
    Set<String> digests = new LinkedHashSet<>();
    images.forEach(image -> digests.add(image.get("digest").asText()));
    for (String digest : digests) {
      images.add(signature(digest));
    }
    Files.write(file, JSON.writeValueAsBytes(index));
  }

  /// Tags of a layout, those of signatures as well.
  static List<String> tags(Path layout) throws IOException {
    JsonNode index = JSON.readTree(Files.readAllBytes(layout.resolve("index.json")));
    List<String> tags = new ArrayList<>();
    for (JsonNode image : index.get("manifests")) {
      tags.add(image.get("annotations").get("org.opencontainers.image.ref.name").asText());
    }
    return tags;
  }

  private ObjectNode signature(String digest) throws IOException, GeneralSecurityException {
    byte[] payload =
        "{\"critical\":{\"identity\":{\"docker-reference\":\"\"},\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"cosign container image signature\"},\"optional\":null}"
            .formatted(digest)
            .getBytes(StandardCharsets.UTF_8);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(payload);
    ObjectNode layer = blob("application/vnd.dev.cosign.simplesigning.v1+json", payload);
    layer
        .putObject("annotations")
        .put(
            "dev.cosignproject.cosign/signature",
            Base64.getEncoder().encodeToString(signature.sign()));
    ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2);
    manifest.set(
        "config",
        blob("application/vnd.oci.image.config.v1+json", "{}".getBytes(StandardCharsets.UTF_8)));
    manifest.putArray("layers").add(layer);
    ObjectNode entry =
        blob("application/vnd.oci.image.manifest.v1+json", JSON.writeValueAsBytes(manifest));
    entry
        .putObject("annotations")
        .put("org.opencontainers.image.ref.name", digest.replace(':', '-') + ".sig");
    return entry;
  }

  private ObjectNode blob(String mediaType, byte[] content) throws IOException {
    String digest = Hash.sha256(content);
    Files.write(layout.resolve("blobs/sha256").resolve(digest), content);
    return JSON.createObjectNode()
        .put("mediaType", mediaType)
        .put("size", content.length)
        .put("digest", "sha256:" + digest);
  }
}
