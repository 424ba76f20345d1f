package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A source's images are used where their signatures are good, and of others nothing is.
final class SourcePolicyTest {
  private static final String VERSION = "v1.9.5";
  private static final String UNSIGNED = "it has no signature that is good: ";

  @TempDir private Path folder = Path.of("");

  private String keyPolicy(String name, KeyPair pair) throws IOException {
    Path file = new Cosign(folder).publicKey(name, pair);
    return "key:" + file;
  }

  private static void sign(Machine machine, KeyPair key) throws Exception {
    try (Stream<Path> layouts = Files.walk(machine.releases())) {
      for (Path file : layouts.filter(path -> path.endsWith("oci-layout")).toList()) {
        new SourceSigner(Objects.requireNonNull(file.getParent()), key).signAll();
      }
    }
  }

  @Test
  void aSignedSourceIsServedAndAnotherKeysIsNot() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    KeyPair key = Cosign.pair("EC");
    sign(machine, key);
    try (ServiceProcess process = machine.serve(0, "--source-policy", keyPolicy("key", key));
        Client client = new Client(process.url())) {
      String id = client.configure("customization: {}");
      assertThat(client.follow("GET", kernel(id)).status()).isEqualTo(200);
      Answer extensions = client.follow("GET", "/version/" + VERSION + "/extensions/official");
      assertThat(extensions.status()).as(extensions.text()).isEqualTo(200);
    }
    Machine other = new Machine(folder.resolve("other"), machine.source(), machine.kit());
    String strange = keyPolicy("other", Cosign.pair("EC"));
    try (ServiceProcess process = other.begin(0, "--source-policy", strange)) {
      process.awaitReady();
      try (Client client = new Client(process.url())) {
        String id = client.configure("customization: {}");
        for (String path : List.of(kernel(id), "/version/" + VERSION + "/extensions/official")) {
          Answer refused = client.follow("GET", path);
          assertThat(refused.status()).as(refused.text()).isEqualTo(503);
          assertThat(refused.text()).contains(UNSIGNED, "--source-policy");
        }
      }
    }
    assertThat(cached(other)).isEmpty();
  }

  @Test
  void theOfficialPolicyHoldsWhereNothingIsSaid() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    sign(machine, Cosign.pair("EC"));
    try (ServiceProcess build = build(machine, "official")) {
      assertThat(build.awaitExit()).isEqualTo(1);
      assertThat(build.log())
          .contains(
              UNSIGNED,
              "signature by its tag: no certificate beside the payload",
              "--source-policy",
              "--insecure-sources");
    }
    assertThat(cached(machine)).isEmpty();
    assertThat(folder.resolve("kernel")).doesNotExist();
  }

  @Test
  void aSignedImageWithAChangedLayerIsNotUsed() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    KeyPair key = Cosign.pair("EC");
    sign(machine, key);
    String policy = keyPolicy("key", key);
    try (ServiceProcess build = build(machine, policy)) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    deleteRecursively(machine.data());
    Files.delete(folder.resolve("kernel"));
    List<Path> changed = changeLayers(machine.releases().resolve("imager/blobs/sha256"));
    try (ServiceProcess build = build(machine, policy)) {
      assertThat(build.awaitExit()).isEqualTo(1);
      assertThat(build.log()).contains("changed it: do not use it");
    }
    assertThat(folder.resolve("kernel")).doesNotExist();
    assertThat(cached(machine))
        .noneMatch(kept ->
            changed.stream()
                .anyMatch(layer -> kept.toString().contains(layer.getFileName().toString())));
  }

  @Test
  void whatContradictsItselfIsSaid() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess serve =
        machine.begin(0, "--source-policy", "official", "--insecure-sources")) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      assertThat(serve.log()).contains("contradict each other: give one of them");
    }
    try (ServiceProcess serve = machine.begin(0, "--source-policy", "everybody")) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      assertThat(serve.log()).contains("--source-policy everybody: not a policy; give official");
    }
    Path root = Files.writeString(folder.resolve("root.json"), "{}");
    try (ServiceProcess serve =
        machine.begin(0, "--source-policy", "official", "--trusted-root", root.toString())) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      assertThat(serve.log()).contains("--trusted-root " + root + ": ", "not a trusted root");
    }
  }

  private ServiceProcess build(Machine machine, String policy) throws IOException {
    Path configuration = Files.writeString(folder.resolve("c.yaml"), "customization: {}");
    return machine.command(
        "build",
        "--configuration",
        configuration.toString(),
        "--version",
        VERSION,
        "--asset",
        "kernel-amd64",
        "--output",
        folder.resolve("kernel").toString(),
        "--source-policy",
        policy);
  }

  private static String kernel(String id) {
    return "/image/" + id + "/" + VERSION + "/kernel-amd64";
  }

  /// Files of the cache of material.
  private static List<Path> cached(Machine machine) throws IOException {
    Path blobs = machine.data().resolve("blobs");
    if (!Files.isDirectory(blobs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(blobs)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*[0-9a-f]{64}.*"))
          .toList();
    }
  }

  /// Changes a byte within each layer of the images, which are the large files.
  private static List<Path> changeLayers(Path blobs) throws IOException {
    List<Path> changed = new ArrayList<>();
    try (Stream<Path> files = Files.list(blobs)) {
      for (Path file : files.toList()) {
        byte[] content = Files.readAllBytes(file);
        if (content.length > 100_000) {
          content[content.length / 2] ^= 1;
          Files.write(file, content);
          changed.add(file);
        }
      }
    }
    assertThat(changed).isNotEmpty();
    return changed;
  }

  private static void deleteRecursively(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
