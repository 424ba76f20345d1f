package imageservice.blackbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// A stand-in for AWS's base image, as an OCI layout: an index of two processors, one layer, and
/// everything in its configuration that an image made on it is to have as well.
///
/// @param folder of the layout
record LambdaBase(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OCI = "application/vnd.oci.image.";

  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("blobs/sha256"));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    new LambdaBase(folder).index();
    return folder;
  }

  private void index() throws IOException {
    ObjectNode index = document("index.v1+json");
    for (String architecture : new String[] {"amd64", "arm64"}) {
      ObjectNode descriptor = blob("manifest.v1+json", json(manifest(architecture)));
      descriptor.putObject("platform").put("os", "linux").put("architecture", architecture);
      index.withArray("manifests").add(descriptor);
    }
    ObjectNode top = JSON.createObjectNode().put("schemaVersion", 2);
    top.withArray("manifests").add(blob("index.v1+json", json(index)));
    Files.write(folder.resolve("index.json"), json(top));
  }

  private ObjectNode manifest(String architecture) throws IOException {
    byte[] entryPoint = ("#!/bin/sh\n# " + architecture + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] layer = TarArchive.gzip(new TreeMap<>(Map.of("lambda-entrypoint.sh", entryPoint)));
    ObjectNode manifest = document("manifest.v1+json");
    manifest.set("config", blob("config.v1+json", json(config(architecture, layer))));
    manifest.withArray("layers").add(blob("layer.v1.tar+gzip", layer));
    return manifest;
  }

  private static ObjectNode config(String architecture, byte[] layer) throws IOException {
    ObjectNode config =
        JSON.createObjectNode().put("architecture", architecture).put("os", "linux");
    ObjectNode run = config.putObject("config").put("WorkingDir", "/var/task");
    run.put("User", "somebody").putArray("Entrypoint").add("/lambda-entrypoint.sh");
    run.putArray("Env").add("LAMBDA_TASK_ROOT=/var/task");
    byte[] tar = new GZIPInputStream(new ByteArrayInputStream(layer)).readAllBytes();
    config
        .putObject("rootfs")
        .put("type", "layers")
        .putArray("diff_ids")
        .add("sha256:" + Hash.sha256(tar));
    return config;
  }

  private static ObjectNode document(String type) {
    return JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", OCI + type);
  }

  private ObjectNode blob(String type, byte[] content) throws IOException {
    String digest = Hash.sha256(content);
    Files.write(folder.resolve("blobs/sha256").resolve(digest), content);
    return JSON.createObjectNode()
        .put("mediaType", OCI + type)
        .put("digest", "sha256:" + digest)
        .put("size", content.length);
  }

  private static byte[] json(ObjectNode document) throws IOException {
    return JSON.writeValueAsBytes(document);
  }
}
