package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of a file so that people can check it: signature, provenance, bill of materials,
/// and the same bytes again.
final class AttestationTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"RSA, metal-amd64.iso", "Ed25519, nocloud-arm64.raw.xz"})
  void cosignAcceptsTheBundleOfAColdFile(String algorithm, String name) throws Exception {
    Cosign cosign = new Cosign(folder);
    Path key = cosign.key("key", algorithm);
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.serve(0, "--signing-key", key.toString());
        Client client = new Client(process.url())) {
      String path = "/image/%s/v1.13.2/%s".formatted(client.configure("{}"), name);
      Path bundle =
          Files.write(folder.resolve("bundle"), client.download(path + ".sigstore.json").body());
      Path file = Files.write(folder.resolve(name), client.download(path).body());
      Path published = cosign.publishedKey(client);
      for (Command.Result each : cosign.verifyFile(file, bundle, published)) {
        assertThat(each.status()).as(each.output()).isZero();
      }
      for (Command.Result each : cosign.verifyFile(file, bundle, cosign.otherKey(algorithm))) {
        assertThat(each.status()).as(each.output()).isNotZero();
      }
      byte[] changed = Files.readAllBytes(file);
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      for (Command.Result each : cosign.verifyFile(file, bundle, published)) {
        assertThat(each.status()).as(each.output()).isNotZero();
        assertThat(each.output()).contains("do not match digests in statement");
      }
    }
  }

  /// The judge takes no address of this machine for a URL.
  @Test
  void theBillIsValidSpdx() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.serve(0, "--external-url", "https://factory.example/");
        Client client = new Client(process.url())) {
      String path = "/image/%s/v1.13.2/metal-amd64.iso".formatted(client.configure("{}"));
      byte[] bill = client.download(path + ".spdx.json").body();
      Path file = Files.write(folder.resolve("bill.spdx.json"), bill);
      Command.Result valid =
          Command.run(folder, List.of("pyspdxtools", "--infile", file.toString()));
      assertThat(valid.status()).as(valid.output()).isZero();
      JsonNode asset = JSON.readTree(bill).get("packages").get(0);
      assertThat(asset.get("checksums").get(0).get("checksumValue").asText())
          .isEqualTo(client.download(path + ".sha256").text().substring(0, 64));
      Files.writeString(file, Files.readString(file).replace("DESCRIBES", "DESCRIBE"));
      assertThat(Command.run(folder, List.of("pyspdxtools", "--infile", file.toString())).status())
          .as("the judge judges")
          .isNotZero();
    }
  }

  /// With the service away, by its plan and by its lock.
  @Test
  void aFileIsBuiltAgainAndItsFirstDifferenceNamed() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    Path plan = folder.resolve("plan");
    Path lock = folder.resolve("lock");
    Path iso = folder.resolve("metal-amd64.iso");
    try (ServiceProcess process = machine.serve(0);
        Client client = new Client(process.url())) {
      String id = client.configure("customization: {extraKernelArgs: [a=b]}");
      String path = "/image/%s/v1.13.2/metal-amd64.iso".formatted(id);
      Files.write(iso, client.download(path).body());
      Files.write(plan, client.download(path + ".plan.json").body());
      Files.write(lock, client.download("/image/" + id + "/v1.13.2/lock").body());
      assertVerified(machine, iso, "--url", client.address(path) + "?filename=x");
    }
    assertVerified(machine, iso, "--plan", plan.toString());
    Path again = folder.resolve("again.iso");
    try (ServiceProcess build =
        machine.command(
            "build",
            "--lock",
            lock.toString(),
            "--asset",
            "metal-amd64.iso",
            "--output",
            again.toString())) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    assertThat(again).hasSameBinaryContentAs(iso);
    byte[] changed = Files.readAllBytes(iso);
    int line = new String(changed, StandardCharsets.ISO_8859_1).lastIndexOf("a=b");
    changed[line] = 'A';
    Files.write(iso, changed);
    assertThat(difference(machine, iso, plan))
        .containsPattern(
            "byte "
                + line
                + " is 0x41 instead of 0x61, in appended partition 1 at \\d+, in it [^,]*efi at \\d+, in it section .cmdline at \\d+");
    Files.write(iso, Arrays.copyOf(Files.readAllBytes(again), 5000));
    assertThat(difference(machine, iso, plan)).contains("it ends after 5000 of");
  }

  private static void assertVerified(Machine machine, Path file, String... basis) throws Exception {
    try (ServiceProcess verify = machine.command("verify", file.toString(), basis[0], basis[1])) {
      assertThat(verify.awaitExit()).as(verify.log()).isZero();
      assertThat(verify.out())
          .isEqualTo("%s is what its plan builds: %d bytes\n".formatted(file, Files.size(file)));
    }
  }

  private static String difference(Machine machine, Path file, Path plan) throws Exception {
    try (ServiceProcess verify =
        machine.command("verify", file.toString(), "--plan", plan.toString())) {
      assertThat(verify.awaitExit()).isEqualTo(1);
      assertThat(verify.log())
          .startsWith("image-service: %s is not what its plan builds: ".formatted(file));
      return verify.log();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          verify THIS                             | 2 | (--url=URL | --plan=PLAN)
          verify THIS --plan THIS --url http://x/ | 2 | mutually exclusive
          verify THIS --plan THIS                 | 1 | this is no plan of this version's
          verify THIS --plan nothing              | 1 | there is no nothing
          verify nothing --plan THIS              | 1 | nothing: there is no such file
          verify THIS --url ftp://127.0.0.1/x     | 1 | give the asset's whole URL
          verify THIS --url http://127.0.0.1:1/x  | 1 | --url http://127.0.0.1:1/x:
          build --lock THIS --asset metal-amd64.iso --output out | 1 | --lock THIS:
          build --lock nothing --asset metal-amd64.iso --output out | 1 | cannot be read
          build --lock THIS --version v1.9.5 --asset metal-amd64.iso --output out | 2 | (--lock=FILE | [--configuration=FILE
          build --asset metal-amd64.iso --output out | 2 | --lock
          """)
  void clumsyCommandsAreTold(String words, int status, String said) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "{\"lock\":7}");
    Machine machine = Machine.in(folder.resolve("machine"), List.of("v1.13.2"), 1);
    String[] arguments = words.strip().replace("THIS", file.toString()).split(" ");
    try (ServiceProcess command = machine.command(arguments)) {
      assertThat(command.awaitExit()).as(command.log()).isEqualTo(status);
      assertThat(command.log()).contains(said.replace("THIS", file.toString()));
    }
  }
}
