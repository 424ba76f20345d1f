package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Assets for secure boot of a service on a laptop.
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Boots.PROCESSOR)
final class SecureBootAssetsTest {
  private static final List<String> ASSETS =
      List.of(
          "v1.9.5/metal-amd64-secureboot-uki.efi",
          "v1.13.2/metal-arm64-secureboot.iso",
          "v1.13.2/aws-amd64-secureboot.raw.zst",
          "v1.9.5/installer-amd64-secureboot.tar");

  @TempDir private Path folder = Path.of("");

  /// The same for all services of a test, as assets name the address of theirs.
  private int port;

  @BeforeEach
  void findAPort() throws IOException {
    port = FreePort.find();
  }

  /// Equal keys, equal bytes: neither time nor machine is in them. Other keys, other bytes.
  @Test
  void twoServicesWithTheSameKeysMakeTheSameBytes() throws Exception {
    Path keys = keys("keys");
    Map<String, String> first = hashes("first", keys);
    assertThat(first).hasSize(ASSETS.size() + 1);
    assertThat(hashes("second", keys)).isEqualTo(first);
    Map<String, String> others = hashes("others", keys("other-keys"));
    first.forEach((asset, hash) -> assertThat(others.get(asset)).as(asset).isNotEqualTo(hash));
  }

  private Map<String, String> hashes(String name, Path keys) throws Exception {
    Machine machine = Machine.in(folder.resolve(name));
    Map<String, String> hashes = new LinkedHashMap<>();
    try (ServiceProcess process = machine.serve(port, "--secure-boot", keys.toString());
        Client client = new Client(process.url())) {
      String id = client.configure("{}");
      for (String asset : ASSETS) {
        Answer answer = client.download("/image/" + id + "/" + asset);
        assertThat(answer.status()).as("%s: %s", asset, answer).isEqualTo(200);
        hashes.put(asset, Hash.sha256(answer.body()));
      }
      Answer index = client.download("/v2/metal-installer-secureboot/" + id + "/manifests/v1.13.2");
      assertThat(index.status()).as(index.toString()).isEqualTo(200);
      hashes.put("index", Hash.sha256(index.body()));
      checkCertificate(client, keys);
    }
    return hashes;
  }

  private static void checkCertificate(Client client, Path keys) throws Exception {
    assertThat(client.get("/secureboot/signing-cert.pem").text())
        .isEqualTo(Files.readString(keys.resolve("uki-signing-cert.pem")));
    assertThat(client.get("/secureboot/signing-cert.der").body())
        .isEqualTo(Files.readAllBytes(keys.resolve("uki-signing-cert.der")));
    assertThat(client.head("/secureboot/signing-cert.der").status()).isEqualTo(200);
  }

  /// What was built without keys stays where it is, and the same bytes.
  @Test
  void otherAssetsDoNotMoveWithKeys() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    String path;
    String location;
    try (ServiceProcess process = machine.serve(port);
        Client client = new Client(process.url())) {
      path = "/image/" + client.configure("{}") + "/v1.9.5/metal-amd64-uki.efi";
      assertThat(client.download(path).status()).isEqualTo(200);
      location = object(client, path);
      Answer refused = client.get(path.replace("-uki", "-secureboot-uki"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("secure boot is disabled");
      assertThat(client.get("/secureboot/signing-cert.pem").status()).isEqualTo(404);
    }
    try (ServiceProcess process = machine.serve(port, "--secure-boot", keys("keys").toString());
        Client client = new Client(process.url())) {
      assertThat(object(client, path)).isEqualTo(location);
      String signed = path.replace("-uki", "-secureboot-uki");
      assertThat(client.download(signed).status()).isEqualTo(200);
      assertThat(object(client, signed)).isNotEqualTo(location);
    }
  }

  private static String object(Client client, String path) throws Exception {
    return client
        .get(path)
        .required("location")
        .replaceFirst("^http://[^/]+", "")
        .replaceFirst("\\?.*", "");
  }

  @Test
  void buildSignsAsTheServiceDoes() throws Exception {
    Path keys = keys("keys");
    Machine machine = Machine.in(folder.resolve("machine"));
    Path configuration = Files.writeString(folder.resolve("empty.yaml"), "{}");
    Path uki = folder.resolve("uki.efi");
    try (ServiceProcess build =
        machine.command(
            "build",
            "--configuration",
            configuration.toString(),
            "--version",
            "v1.13.2",
            "--asset",
            "metal-amd64-secureboot-uki.efi",
            "--output",
            uki.toString(),
            "--secure-boot",
            keys.toString())) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    Command.Result verified =
        Command.run(
            folder,
            List.of(
                "sbverify",
                "--cert",
                keys.resolve("uki-signing-cert.pem").toString(),
                uki.toString()));
    assertThat(verified.status()).as(verified.output()).isZero();
  }

  /// A lock names the keys, so that nobody takes a file signed by others for the same.
  @Test
  void aLockIsBuiltWithItsKeysAlone() throws Exception {
    Path keys = keys("keys");
    Machine machine = Machine.in(folder.resolve("machine"));
    Path lock = folder.resolve("lock");
    byte[] uki;
    try (ServiceProcess process = machine.serve(port, "--secure-boot", keys.toString());
        Client client = new Client(process.url())) {
      String path = "/image/" + client.configure("{}") + "/v1.13.2/";
      Files.write(lock, client.download(path + "lock").body());
      uki = client.download(path + "metal-amd64-secureboot-uki.efi").body();
    }
    Path file = folder.resolve("uki.efi");
    try (ServiceProcess build = locked(machine, lock, file, keys("other-keys"))) {
      assertThat(build.awaitExit()).as(build.log()).isEqualTo(1);
      assertThat(build.log())
          .contains("metal-amd64-secureboot-uki.efi would be signed with other keys")
          .contains("give those with --secure-boot");
    }
    assertThat(file).doesNotExist();
    try (ServiceProcess build = locked(machine, lock, file, keys)) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    assertThat(file).hasBinaryContent(uki);
  }

  private static ServiceProcess locked(Machine machine, Path lock, Path file, Path keys)
      throws IOException, InterruptedException {
    return machine.command(
        "build",
        "--lock",
        lock.toString(),
        "--asset",
        "metal-amd64-secureboot-uki.efi",
        "--output",
        file.toString(),
        "--secure-boot",
        keys.toString());
  }

  /// There is nothing in such a release that could be signed.
  @Test
  void aReleaseWithoutSystemdBootIsRefusedByName() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"), List.of("v1.4.0"), 1);
    try (ServiceProcess process = machine.serve(port, "--secure-boot", keys("keys").toString());
        Client client = new Client(process.url())) {
      String path = "/image/" + client.configure("{}") + "/v1.4.0/metal-amd64-secureboot";
      for (String suffix : List.of(".iso", "-uki.efi", ".raw.xz")) {
        Answer refused = client.get(path + suffix);
        assertThat(refused.status()).as("%s: %s", suffix, refused).isEqualTo(400);
        assertThat(refused.text())
            .as(suffix)
            .contains("secureboot is not supported for Talos version v1.4.0");
      }
    }
  }

  private Path keys(String name) throws IOException, InterruptedException {
    Path keys = folder.resolve(name);
    try (ServiceProcess making =
        ServiceProcess.start(
            Files.createDirectories(folder.resolve("making-" + name)).resolve("output"),
            List.of("make-keys", keys.toString()))) {
      assertThat(making.awaitExit()).as(making.log()).isZero();
    }
    return keys;
  }
}
