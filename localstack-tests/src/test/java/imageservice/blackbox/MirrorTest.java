package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `mirror`: what a machine without a network serves is what the source had.
final class MirrorTest {
  private static final String VERSION = "v1.13.2";
  private static final String CONFIGURATION =
      "customization: {systemExtensions: {officialExtensions: [siderolabs/hello]}}";

  @TempDir private Path folder = Path.of("");

  private Machine machine = new Machine(Path.of(""), "", Path.of(""));
  private Path mirror = Path.of("");
  private int port;

  @BeforeEach
  void make() throws IOException {
    machine = Machine.in(folder.resolve("machine"));
    mirror = folder.resolve("mirror");
    port = FreePort.find();
  }

  private ServiceProcess mirror(String... more) throws IOException {
    return machine.command(
        Stream.concat(Stream.of("mirror", VERSION, "--to", "oci:" + mirror), Stream.of(more))
            .toArray(String[]::new));
  }

  /// The machine in the place without a network: nothing but the copy.
  private Machine inside() {
    return new Machine(folder.resolve("inside"), "oci:" + mirror, machine.kit());
  }

  private Map<String, String> hashes(Machine of, String... options) throws Exception {
    Map<String, String> hashes = new LinkedHashMap<>();
    try (ServiceProcess process = of.serve(port, options);
        Client client = new Client(process.url())) {
      String id = client.configure(CONFIGURATION);
      for (String name :
          List.of(
              "metal-amd64.iso",
              "initramfs-arm64.xz",
              "aws-amd64.raw.zst",
              "installer-amd64.tar",
              "installer-arm64.tar")) {
        Answer answer = client.download("/image/" + id + "/" + VERSION + "/" + name);
        assertThat(answer.status()).as("%s: %s", name, answer).isEqualTo(200);
        hashes.put(name, Hash.sha256(answer.body()));
      }
      Answer talosctl = client.download("/talosctl/" + VERSION + "/talosctl-linux-amd64");
      assertThat(talosctl.status()).isEqualTo(200);
      hashes.put("talosctl", Hash.sha256(talosctl.body()));
    }
    return hashes;
  }

  @Test
  void itServesWhatItsSourceServes() throws Exception {
    KeyPair key = Cosign.pair("EC");
    String policy = "key:" + new Cosign(folder).publicKey("key", key);
    try (Stream<Path> layouts = Files.walk(machine.releases())) {
      for (Path file : layouts.filter(path -> path.endsWith("oci-layout")).toList()) {
        new SourceSigner(Objects.requireNonNull(file.getParent()), key).signAll();
      }
    }
    try (ServiceProcess copying = mirror("--source-policy", policy)) {
      assertThat(copying.awaitExit()).as(copying.log()).isZero();
      assertThat(copying.out()).contains(VERSION + ": all of it is in oci:" + mirror);
    }
    assertThat(hashes(inside(), "--source-policy", policy))
        .isEqualTo(hashes(machine, "--source-policy", policy));
    Command.Result read =
        Command.run(
            folder,
            List.of(
                "skopeo", "inspect", "--raw", "oci:" + mirror.resolve("imager") + ":" + VERSION));
    assertThat(read.status()).as(read.output()).isZero();
    try (ServiceProcess process = inside().serve(0, "--source-policy", policy);
        Client client = new Client(process.url())) {
      assertThat(client.get("/versions").text()).contains(VERSION).doesNotContain("v1.9.5");
    }
  }

  /// With a signature of somebody else nothing is copied.
  @Test
  void whatIsNotSignedIsNotCopied() throws Exception {
    String policy = "key:" + new Cosign(folder).publicKey("key", Cosign.pair("EC"));
    try (ServiceProcess copying = mirror("--source-policy", policy)) {
      assertThat(copying.awaitExit()).isEqualTo(1);
      assertThat(copying.log()).contains("no signature that is good", "--source-policy");
    }
    assertThat(mirror.resolve("imager")).doesNotExist();
  }

  @Test
  void itIsMendedByTheSameCommand() throws Exception {
    try (ServiceProcess copying = mirror("--extensions", "siderolabs/hello")) {
      assertThat(copying.awaitExit()).as(copying.log()).isZero();
    }
    Path damaged;
    try (Stream<Path> blobs = Files.list(mirror.resolve("imager/blobs/sha256"))) {
      damaged = blobs.max(java.util.Comparator.comparingLong(MirrorTest::size)).orElseThrow();
    }
    byte[] content = Files.readAllBytes(damaged);
    Files.write(damaged, new byte[content.length]);
    try (ServiceProcess copying = mirror("--extensions", "siderolabs/hello")) {
      assertThat(copying.awaitExit()).as(copying.log()).isZero();
    }
    assertThat(damaged).hasBinaryContent(content);
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mirror v1.13.2                                          | 2 | --to=oci:DIR
          mirror --to oci:THIS                                    | 2 | VERSION
          mirror v1.13.2 --to THIS                                | 1 | give oci:DIR
          mirror one --to oci:THIS                                | 1 | invalid Talos version "one"
          mirror v1.2.9 --to oci:THIS                             | 1 | v1.2.9
          mirror v1.13.2 --to oci:THIS --extensions siderolabs/no | 1 | no such extension in any of these releases: siderolabs/no
          """)
  void clumsyCommandsAreTold(String words, int status, String said) throws Exception {
    String[] arguments = words.strip().replace("THIS", mirror.toString()).split(" ");
    try (ServiceProcess command = machine.command(arguments)) {
      assertThat(command.awaitExit()).as(command.log()).isEqualTo(status);
      assertThat(command.log()).contains(said);
    }
  }
}
