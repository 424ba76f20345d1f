package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.deployed.LoopbackRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A catalogue of the operator's in a registry, signed by a key of theirs.
final class OwnCatalogueTest {
  private static final String VERSION = "v1.13.2";
  private static final String MANIFEST =
      """
      version: v1alpha1
      metadata:
        name: mine
        version: v1.0.0
        author: Me
        description: Mine
        compatibility:
          talos:
            version: ""
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void itsExtensionsAreBuiltInAndItsPolicyHolds() throws Exception {
    KeyPair key = Cosign.pair("EC");
    String policy = "@key:" + new Cosign(folder).publicKey("mine", key);
    String strange = "@key:" + new Cosign(folder).publicKey("other", Cosign.pair("EC"));
    Machine machine = Machine.in(folder.resolve("machine"));
    try (LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"))) {
      String digest = pushAll(registry, key);
      String prefix = registry.authority() + "/my-org/";
      try (ServiceProcess process = machine.serve(0, "--catalogue", prefix + policy);
          Client client = new Client(process.url())) {
        assertBuilt(client, prefix, digest);
      }
      Machine other = new Machine(folder.resolve("other"), machine.source(), machine.kit());
      try (ServiceProcess process = other.serve(0, "--catalogue", prefix + strange);
          Client client = new Client(process.url())) {
        Answer refused = client.follow("GET", "/version/" + VERSION + "/extensions/official");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).contains("it has no signature that is good");
        String kernel = "/image/" + client.configure("{}") + "/" + VERSION + "/kernel-amd64";
        assertThat(client.follow("GET", kernel).status())
            .as("what needs no catalogue")
            .isEqualTo(200);
      }
    }
    try (ServiceProcess process = machine.serve(0);
        Client client = new Client(process.url())) {
      Answer gone = client.follow("GET", initramfs(client, "my-org/tool", "arm64"));
      assertThat(gone.status()).as(gone.text()).isEqualTo(400);
    }
  }

  private static void assertBuilt(Client client, String prefix, String digest) throws Exception {
    Answer listed = client.follow("GET", "/version/" + VERSION + "/extensions/official");
    assertThat(listed.text())
        .contains("\"name\":\"my-org/tool\"", "\"ref\":\"" + prefix + "tool:v1.0.0\"")
        .contains("siderolabs/hello");
    String path = initramfs(client, "my-org/tool, siderolabs/hello", "amd64");
    Answer built = client.follow("GET", path);
    assertThat(built.status()).as(built.text()).isEqualTo(200);
    assertThat(client.follow("GET", path + ".plan.json").text()).contains(prefix + "tool", digest);
    assertThat(client.follow("GET", path + ".spdx.json").text())
        .contains("?repository_url=" + prefix + "tool");
    String document = client.get(path, "Accept", "application/json").text();
    assertThat(document)
        .as("whose signatures admitted what")
        .containsPattern(
            "\"policy\":\"key:[^\"]+\",\"images\":\\[\"" + prefix + "tool@" + digest + "\"\\]")
        .containsPattern("\"policy\":\"[^\"]+\",\"images\":\\[\"imager@sha256:");
  }

  private static String initramfs(Client client, String extensions, String architecture)
      throws Exception {
    String id =
        client.configure(
            "customization: {systemExtensions: {officialExtensions: [%s]}}".formatted(extensions));
    return "/image/" + id + "/" + VERSION + "/initramfs-" + architecture + ".xz";
  }

  @Test
  void whatIsNoCatalogueIsToldAtTheStart() throws Exception {
    try (ServiceProcess serve =
        Machine.in(folder.resolve("bad")).begin(0, "--catalogue", "ghcr.io/a/@nobody")) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      assertThat(serve.log()).contains("--catalogue ghcr.io/a/@nobody: not a policy");
    }
  }

  /// The catalogue and its extension; returns the extension's digest.
  private String pushAll(LoopbackRegistry registry, KeyPair key) throws Exception {
    Path tool = folder.resolve("tool");
    String digest =
        new OciLayout(tool)
            .add(
                "v1.0.0",
                everywhere(Map.of("manifest.yaml", MANIFEST, "rootfs/usr/local/etc/mine", "mine")));
    push(registry, "tool", tool, key);
    Path list = folder.resolve("list");
    String line = "ghcr.io/my-org/tool:v1.0.0@" + digest + "\n";
    new OciLayout(list).add(VERSION, everywhere(Map.of("image-digests", line)));
    push(registry, "extensions", list, key);
    return digest;
  }

  private static Map<String, byte[]> everywhere(Map<String, String> files) throws Exception {
    TreeMap<String, byte[]> contents = new TreeMap<>();
    files.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
    byte[] layer = TarArchive.gzip(contents);
    Map<String, byte[]> layers = new TreeMap<>();
    for (String architecture : SyntheticRelease.ARCHITECTURES) {
      layers.put(architecture, layer);
    }
    return layers;
  }

  /// Signs an image and puts it into the registry, with its signature.
  private static void push(LoopbackRegistry registry, String name, Path layout, KeyPair key)
      throws Exception {
    new SourceSigner(layout, key).signAll();
    for (String tag : SourceSigner.tags(layout)) {
      registry.push(Path.of(layout + ":" + tag), "my-org/" + name + ":" + tag);
    }
  }
}
