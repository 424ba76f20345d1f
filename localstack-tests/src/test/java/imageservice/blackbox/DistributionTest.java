package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The zip of the whole service, on a machine that has nothing: no Java, no other program, an empty
/// home.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class DistributionTest {
  private static final String YAML = "customization: {extraKernelArgs: [from=a-zip]}";

  @SuppressWarnings("NullAway.Init") // before all tests
  private Path folder;

  @SuppressWarnings("NullAway.Init") // before all tests
  private Path home;

  @BeforeAll
  void unpack() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("distribution");
    home = Distribution.unpack(Files.createDirectory(folder.resolve("some where")));
    Files.createDirectory(folder.resolve("empty"));
  }

  @AfterAll
  void leaveNothing() throws IOException {
    ServiceUnderTest.delete(folder);
  }

  @Test
  void servesWhatTheCheckoutBuildsAndLeavesItsFolderAsItWas() throws Exception {
    Map<String, Long> before = files(home);
    Machine machine = Machine.in(Files.createDirectory(folder.resolve("machine")));
    try (ServiceProcess service = start(program(), serve(machine)).awaitReady();
        Client client = new Client(service.url())) {
      assertThat(client.get("/readyz").status()).isEqualTo(200);
      String id = client.configure(YAML);
      for (String asset : List.of("metal-amd64.iso", "initramfs-amd64.xz", "metal-amd64.raw.zst")) {
        byte[] served = client.download("/image/%s/v1.9.5/%s".formatted(id, asset)).body();
        assertThat(served).isEqualTo(built(machine, asset, service.url()));
      }
      assertThat(health(service.url())).isZero();
      assertThat(service.terminate()).isEqualTo(143); // 128 and SIGTERM
      assertThat(health("http://127.0.0.1:%d/".formatted(service.port()))).isEqualTo(1);
    }
    assertThat(files(home)).isEqualTo(before);
    assertThat(folder.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void aLinkLeadsToTheProgram() throws Exception {
    Path programs = Files.createDirectories(folder.resolve("usr/bin"));
    Path real = Files.createDirectories(folder.resolve("usr/real"));
    Files.createSymbolicLink(folder.resolve("current"), home);
    Files.createSymbolicLink(real.resolve("service"), folder.resolve("current/bin/image-service"));
    Files.createSymbolicLink(programs.resolve("image-service"), Path.of("../real/service"));
    Files.createSymbolicLink(folder.resolve("empty/readlink"), Path.of("/usr/bin/readlink"));
    try (ServiceProcess version =
        start(programs.resolve("image-service").toString(), List.of("--version"))) {
      assertThat(version.awaitExit()).as(version.log()).isZero();
      assertThat(version.out()).startsWith("Image Service ");
    } finally {
      Files.delete(folder.resolve("empty/readlink"));
    }
  }

  @Test
  void explainsItself() throws Exception {
    for (String line : List.of("--help", "serve --help", "build --help", "health --help")) {
      try (ServiceProcess help = start(program(), List.of(line.split(" ", -1)))) {
        assertThat(help.awaitExit()).as(help.log()).isZero();
        assertThat(help.out()).contains("Usage: image-service");
      }
    }
  }

  @Test
  void bringsTheKitOfGrubAndWhatIsReadBeforeItIsRun() {
    for (String file :
        List.of(
            "LICENSE",
            "README.md",
            "compose.yaml",
            "grub-kit/kit/kit.json",
            "grub-kit/make-grub-kit",
            "image-service.service",
            "legal/libraries.tsv",
            "runtime/legal/java.base/LICENSE")) {
      assertThat(home.resolve(file)).isNotEmptyFile();
    }
  }

  @Test
  void entriesHaveOneTimeAndStandInOrder() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(Distribution.zip().toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        names.add(entry.getName());
        assertThat(entry.getTimeLocal()).hasToString("1980-01-01T00:00");
      }
    }
    List<String[]> paths = names.stream().map(name -> name.split("/", -1)).toList();
    assertThat(paths).isSortedAccordingTo(Arrays::compare);
  }

  private String program() {
    return home.resolve("bin/image-service").toString();
  }

  private List<String> serve(Machine machine) {
    return List.of(
        "serve",
        "--port",
        "0",
        "--insecure-sources",
        "--source",
        machine.source(),
        "--grub-kit",
        machine.kit().toString(),
        "--data",
        machine.data().toString());
  }

  /// `AOTMode=on` ends a program whose start-up cache does not fit, which is passed over otherwise.
  private ServiceProcess start(String program, List<String> arguments) throws IOException {
    String empty = folder.resolve("empty").toString();
    Path output = Files.createDirectories(folder.resolve("output"));
    return ServiceProcess.start(
        output,
        Files.createTempFile(output, "out", ".txt"),
        List.of(program),
        Map.of("PATH", empty, "HOME", empty, "JDK_JAVA_OPTIONS", "-XX:AOTMode=on"),
        arguments);
  }

  private int health(String url) throws IOException, InterruptedException {
    try (ServiceProcess health = start(program(), List.of("health", "--url", url))) {
      return health.awaitExit();
    }
  }

  /// The same asset by the classes of this build.
  private byte[] built(Machine machine, String asset, String url) throws Exception {
    Path configuration = Files.writeString(folder.resolve("config.yaml"), YAML);
    Path output = folder.resolve("built-" + asset);
    try (ServiceProcess build =
        machine.command(
            "build",
            "--configuration",
            configuration.toString(),
            "--version",
            "v1.9.5",
            "--asset",
            asset,
            "--external-url",
            url,
            "--output",
            output.toString())) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    return Files.readAllBytes(output);
  }

  /// Files of a folder and when they were written.
  private static Map<String, Long> files(Path folder) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        files.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return files;
  }
}
