package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command line: one asset without a server, and what is said of commands that cannot be
/// carried out.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ServiceUnderTest.Shared.class)
@Execution(ExecutionMode.CONCURRENT)
final class BuildCommandTest {
  private static final String YAML = "customization: {extraKernelArgs: [built=here]}";

  private Path folder = Path.of("");
  private Machine machine = new Machine(folder, "", folder);

  @BeforeAll
  void prepare() throws IOException {
    folder = Files.createTempDirectory("build-command");
    machine = Machine.in(folder);
    Files.writeString(folder.resolve("config.yaml"), YAML);
    Files.writeString(folder.resolve("bad.yaml"), "nosuchkey: 1\n");
  }

  @AfterAll
  void cleanUp() throws IOException {
    ServiceUnderTest.delete(folder);
  }

  @Test
  void writesTheFileThatTheServiceServes(ServiceUnderTest service) throws Exception {
    Path place = Files.createDirectory(folder.resolve("whole"));
    Path out = place.resolve("my.iso");
    try (ServiceProcess build =
            build(
                "config.yaml", "v1.9.5", "metal-amd64.iso", out, "--external-url", service.url());
        Client client = service.client()) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
      String id = client.configure(YAML);
      byte[] served = client.download("/image/" + id + "/v1.9.5/metal-amd64.iso").body();
      assertThat(out).hasBinaryContent(served);
      assertThat(build.out())
          .isEqualTo(
              "%s: %d bytes, SHA-256 %s\n".formatted(out, served.length, Hash.sha256(served)));
    }
    assertThat(names(place)).containsExactly("my.iso");
  }

  @Test
  void saysWhatIsNotAsAskedOnTheTerminalAndInTheExplanation() throws Exception {
    Files.writeString(
        folder.resolve("warned.yaml"), "customization: {meta: [{key: 10, value: a;b}]}\n");
    try (ServiceProcess explanation =
        machine.command(
            "build",
            "--explain",
            "--configuration",
            folder.resolve("warned.yaml").toString(),
            "--version",
            "v1.9.5",
            "--asset",
            "metal-amd64.iso")) {
      String warning = "customization.meta: the value of `key 0xa` contains a ;";
      assertThat(explanation.awaitExit()).as(explanation.log()).isZero();
      assertThat(explanation.out()).contains("\n  \"warnings\": [\n    \"" + warning);
      assertThat(explanation.log()).startsWith("warning: " + warning);
      assertThat(explanation.log().strip().lines()).hasSize(1);
    }
  }

  @Test
  void explainsWhatItWouldBuildAndWritesNothing() throws Exception {
    try (ServiceProcess explanation =
        machine.command(
            "build",
            "--explain",
            "--configuration",
            folder.resolve("config.yaml").toString(),
            "--version",
            "v1.9.5",
            "--asset",
            "metal-amd64.iso")) {
      assertThat(explanation.awaitExit()).as(explanation.log()).isZero();
      assertThat(explanation.out())
          .startsWith("{\n  \"assetKey\": \"")
          .contains("\n  \"recipe\": \"grub-iso/", " built=here\",\n")
          .contains("\n      \"path\": \"usr/install/amd64/vmlinuz\"\n    },\n")
          .endsWith("  ],\n  \"warnings\": []\n}\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          config.yaml | v1.9.99  | metal-amd64.iso         | version 1.9.99 is not available
          config.yaml | latest   | metal-amd64.iso         | invalid Talos version "latest"
          config.yaml | v1.9.5   | metal-amd64.docx        | --asset: invalid profile path: "metal-amd64.docx"
          config.yaml | v1.9.5   | installer-amd64-secureboot.tar | secure boot is disabled
          bad.yaml    | v1.9.5   | metal-amd64.iso         | bad.yaml:
          none.yaml   | v1.9.5   | metal-amd64.iso         | none.yaml cannot be read: there is no
          """)
  void saysWhatIsWrongInOneLineAndWritesNothing(
      String configuration, String version, String asset, String message) throws Exception {
    Path place = Files.createTempDirectory(folder, "refused");
    try (ServiceProcess build = build(configuration, version, asset, place.resolve("out"))) {
      saysInOneLine(build, message);
    }
    assertThat(names(place)).isEmpty();
  }

  @Test
  void refusesAPlaceThatIsNone() throws Exception {
    Path missing = folder.resolve("missing/deep/out");
    try (ServiceProcess build = build("config.yaml", "v1.9.5", "kernel-amd64", missing)) {
      saysInOneLine(build, "--output " + missing + ": there is no folder " + missing.getParent());
    }
    try (ServiceProcess build = build("config.yaml", "v1.9.5", "kernel-amd64", folder)) {
      saysInOneLine(build, "--output " + folder + ": this is a folder; name a file");
    }
  }

  @Test
  void refusesToOverwriteItsConfiguration() throws Exception {
    Path own = Files.writeString(folder.resolve("own.yaml"), YAML);
    try (ServiceProcess build = build("own.yaml", "v1.9.5", "kernel-amd64", own)) {
      saysInOneLine(build, "--output " + own + ": this is the file of --configuration");
    }
    assertThat(own).hasContent(YAML);
  }

  @Test
  void saysThatItsOutputCannotBeWritten() throws Exception {
    Path full = Path.of("/dev/full");
    try (ServiceProcess build = build("config.yaml", "v1.9.5", "kernel-amd64", full)) {
      assertThat(build.awaitExit()).isEqualTo(1);
      assertThat(build.log())
          .contains("image-service: --output /dev/full cannot be written: No space left on device");
    }
    List<String> explain = new ArrayList<>(List.of("build", "--explain", "--configuration"));
    explain.addAll(List.of(folder.resolve("config.yaml").toString(), "--version", "v1.9.5"));
    explain.addAll(List.of("--asset", "kernel-amd64"));
    try (ServiceProcess process = machine.into(full, explain)) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.log()).startsWith("image-service: standard output cannot be written");
    }
  }

  @Test
  void refusesASourceOrAKitThatIsNotThere() throws Exception {
    Path out = folder.resolve("unmade");
    Machine without = machine.withSource("oci:" + folder.resolve("nowhere"));
    try (ServiceProcess build = build(without, "config.yaml", "v1.9.5", "metal-amd64.iso", out)) {
      saysInOneLine(build, "nowhere: there is no such folder");
    }
    Machine kitless = new Machine(folder, machine.source(), folder.resolve("no-kit"));
    try (ServiceProcess build = build(kitless, "config.yaml", "v1.9.5", "metal-amd64.iso", out)) {
      saysInOneLine(build, "grub-kit/make-grub-kit");
    }
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "serve --source-policy everybody, 1, --source-policy everybody: not a policy; give official",
    "serve --insecure-sources --port 70000, 1, --port 70000: there are ports 0 to 65535",
    "serve --insecure-sources --port many, 2, --port",
    "serve --insecure-sources --pxe-url pxe.example.com, 1, --pxe-url pxe.example.com: not an address",
    "serve --insecure-sources --object-url a/b, 1, --object-url a/b: not an address",
    "build --configuration a --version v1.9.5 --asset kernel-amd64, 2, --explain",
    "serve --insecure-sources --id-key xyz, 1, --id-key: ",
    "nonsense, 2, nonsense",
    "build, 2, --configuration"
  })
  void refusesCommandsThatCannotBeMeant(String line, int status, String message) throws Exception {
    List<String> command = new ArrayList<>(List.of(line.split(" ", -1)));
    try (ServiceProcess process = ServiceProcess.start(folder.resolve("output"), command)) {
      assertThat(process.awaitExit()).isEqualTo(status);
      assertThat(process.log()).contains(message).doesNotContain("\tat ", "Exception");
    }
  }

  @Test
  void explainsItself() throws Exception {
    for (String line : List.of("--help", "serve --help", "build --help", "--version")) {
      try (ServiceProcess process =
          ServiceProcess.start(folder.resolve("output"), List.of(line.split(" ", -1)))) {
        assertThat(process.awaitExit()).isZero();
        assertThat(process.out()).isNotBlank();
      }
    }
  }

  private static void saysInOneLine(ServiceProcess build, String message) throws Exception {
    assertThat(build.awaitExit()).isEqualTo(1);
    assertThat(build.log()).startsWith("image-service: ").contains(message);
    assertThat(build.log().strip().lines()).hasSize(1);
    assertThat(build.log()).doesNotContain("\tat ", "Exception");
    assertThat(build.out()).isEmpty();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private ServiceProcess build(
      String configuration, String version, String asset, Path out, String... more)
      throws IOException {
    return build(machine, configuration, version, asset, out, more);
  }

  private ServiceProcess build(
      Machine on, String configuration, String version, String asset, Path out, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "build",
                "--configuration",
                folder.resolve(configuration).toString(),
                "--version",
                version,
                "--asset",
                asset,
                "--output",
                out.toString()));
    command.addAll(List.of(more));
    return on.command(command.toArray(String[]::new));
  }
}
