package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bits of a kept kernel flip. Assets that are built afterwards are the same as ever, and nobody
/// hears of it but the log.
final class DamagedCacheTest {
  /// The kernel has 12 MB then, and an ISO more bytes than a part of an upload.
  private static final int SCALE = 40;

  private static final List<String> NAMES = List.of("metal-amd64.iso", "metal-amd64-uki.efi");
  private static final long[] POSITIONS = {0, 1000, 5_000_000, 12_000_039};

  @TempDir private Path folder = Path.of("");

  @Test
  void buildsTheSameBytesAndFetchesTheKernelAgain() throws Exception {
    Path source = SyntheticRelease.write(folder.resolve("large"), List.of("v1.11.0"), SCALE);
    Machine machine = Machine.in(folder).withSource("oci:" + source);
    Map<String, String> undamaged;
    int port;
    try (ServiceProcess service = machine.serve(0);
        Client client = new Client(service.url())) {
      port = service.port();
      undamaged = digests(client, -1);
      assertThat(service.terminate()).isEqualTo(143);
    }
    forgetAssets(machine.data());
    try (ServiceProcess service = machine.serve(port);
        Client client = new Client(service.url())) {
      Map<String, String> rebuilt = new TreeMap<>();
      for (int round = 0; round < POSITIONS.length; round++) {
        flip(SyntheticRelease.kernel("v1.11.0", "amd64", SCALE), POSITIONS[round]);
        rebuilt.putAll(digests(client, round));
      }
      assertThat(rebuilt).isEqualTo(undamaged);
      assertThat(service.log()).doesNotContain("\"event\":\"build failure\"");
      assertThat(service.log().lines().filter(line -> line.contains("\"event\":\"damaged blob\"")))
          .hasSize(POSITIONS.length);
      assertThat(uploads(machine.data())).isEmpty();
    }
  }

  @Test
  void theCommandFetchesTheKernelAgainAndSaysSo() throws Exception {
    Machine machine = Machine.in(folder);
    byte[] kernel = SyntheticRelease.kernel("v1.9.5", "amd64", 1);
    Path configuration = Files.writeString(folder.resolve("config.yaml"), "customization: {}");
    String[] command = {
      "build",
      "--configuration",
      configuration.toString(),
      "--version",
      "v1.9.5",
      "--asset",
      "kernel-amd64",
      "--output",
      folder.resolve("kernel").toString()
    };
    try (ServiceProcess build = machine.command(command)) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    flip(kernel, 200_000);
    Files.delete(folder.resolve("kernel"));
    try (ServiceProcess build = machine.command(command)) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
      assertThat(build.log().lines().filter(line -> line.startsWith("image-service: ")))
          .singleElement()
          .asString()
          .startsWith("image-service: cached blob sha256:" + Hash.sha256(kernel));
      assertThat(build.log()).contains("fetching imager: ");
    }
    assertThat(folder.resolve("kernel")).hasBinaryContent(kernel);
  }

  /// What an ISO and a UKI are, of a configuration for each round.
  ///
  /// @param only one round, or -1 for all
  private static Map<String, String> digests(Client client, int only) throws Exception {
    Map<String, String> digests = new TreeMap<>();
    for (int round = 0; round < POSITIONS.length; round++) {
      if (only < 0 || only == round) {
        String id = client.configure("customization: {extraKernelArgs: [round=" + round + "]}");
        for (String name : NAMES) {
          Client.Answer answer = client.download("/image/" + id + "/v1.11.0/" + name);
          assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
          digests.put(round + " " + name, Hash.sha256(answer.body()));
        }
      }
    }
    return digests;
  }

  /// Leaves what was fetched, and nothing that was built.
  private static void forgetAssets(Path data) throws IOException {
    ServiceUnderTest.delete(data.resolve("objects"));
    Files.delete(data.resolve("tables.mv"));
  }

  private void flip(byte[] kernel, long position) throws IOException {
    String hex = Hash.sha256(kernel);
    Path file = folder.resolve("data/blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex);
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
      content.seek(position);
      content.write(kernel[(int) position] ^ 1);
    }
  }

  /// Parts of uploads that were neither completed nor given up.
  private static List<Path> uploads(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("objects"))) {
      return files.filter(file -> file.toString().matches(".*(/\\.mpu|upload).*")).toList();
    }
  }
}
