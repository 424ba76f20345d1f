package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.container.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// The container image of the whole service, run as people should run it: with a read-only root,
/// nothing but a volume to write to, and no capability.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class ServiceImageTest {
  private static final String YAML = "customization: {extraKernelArgs: [from=an-image]}";
  private static final String UKI = "metal-amd64-uki.efi";
  private static final Pattern READY = Pattern.compile("is ready at (http://\\S+/)");

  @SuppressWarnings("NullAway.Init") // before all tests
  private Path folder;

  @SuppressWarnings("NullAway.Init") // before all tests
  private Engine engine;

  private String image = "";

  @BeforeAll
  void take() throws IOException, InterruptedException {
    Path archive = Distribution.image();
    folder = Files.createTempDirectory("service-image");
    engine = Engine.open(folder.resolve("engine"));
    image = engine.take(archive).lines().findFirst().orElseThrow().replaceFirst(".*: ", "");
  }

  @AfterAll
  void leaveNothing() throws IOException, InterruptedException {
    if (engine != null) {
      engine.delete();
    }
    if (folder != null) {
      Command.run(folder, List.of("rm", "-rf", folder.toString()));
    }
  }

  @Test
  void buildsAUkiWithNothingToWriteToButItsVolume() throws Exception {
    Machine machine = Machine.in(readable(folder.resolve("machine")));
    serve("service", machine, "data:/data");
    String url = url("service");
    try (Client client = new Client(url)) {
      assertThat(client.get("/readyz").status()).isEqualTo(200);
      String id = client.configure(YAML);
      String path = "/image/%s/v1.9.5/%s".formatted(id, UKI);
      assertThat(client.download(path).body()).isEqualTo(built(machine, url));
    }
    assertThat(shell("service", "while read -r a; do echo \"$a\"; done </proc/1/status"))
        .contains("Name:\tjava", "Uid:\t65532\t65532\t65532\t65532", "CapEff:\t0000000000000000");
    for (String place : List.of("/file", "/opt/image-service/file", "/tmp/file")) {
      assertThat(shell("service", "echo >" + place)).contains("Read-only file system");
    }
    assertThat(engine.exec("service", "image-service", "health", "--url", url).status()).isZero();
    Command.Result elsewhere =
        engine.exec("service", "image-service", "health", "--url", "http://127.0.0.1:1/");
    assertThat(elsewhere.status()).isEqualTo(1);
    assertThat(elsewhere.output()).contains("not ready: http://127.0.0.1:1/readyz: Connection");
  }

  @Test
  void asTheFirstProcessItEndsByASignal() throws Exception {
    Machine machine = Machine.in(readable(folder.resolve("stopped")));
    serve("stopped", machine, "stopped:/data");
    url("stopped");
    assertThat(engine.stop("stopped")).isEqualTo(143); // 128 and SIGTERM; killed would be 137
  }

  /// Without arguments it listens for others, on the volume.
  @Test
  void saysWhatItIs() throws Exception {
    assertThat(engine.inspect(image, "{{.Config.User}} {{.Config.Entrypoint}} {{.Config.Volumes}}"))
        .isEqualTo("65532:65532 [/opt/image-service/bin/image-service] map[/data:{}]");
    assertThat(engine.inspect(image, "{{.Config.Cmd}}"))
        .isEqualTo("[serve --listen 0.0.0.0 --data /data --external-url http://localhost:8080/]");
    Path root = engine.mount(image);
    assertThat(root.resolve("app")).doesNotExist();
    assertThat(root.resolve("usr/share/doc/libc6/copyright")).isNotEmptyFile();
    assertThat(root.resolve("usr/share/doc/dash/copyright")).isNotEmptyFile();
  }

  private void serve(String name, Machine machine, String volume)
      throws IOException, InterruptedException {
    engine.serve(
        name,
        image,
        List.of(volume, machine.folder() + ":/machine:ro"),
        List.of(
            "serve",
            "--port",
            "0",
            "--data",
            "/data",
            "--insecure-sources",
            "--source",
            "oci:/machine/source",
            "--grub-kit",
            "/machine/grub-kit"));
  }

  private String url(String container) throws IOException, InterruptedException {
    while (true) {
      String log = engine.logs(container);
      Matcher ready = READY.matcher(log);
      if (ready.find()) {
        return ready.group(1);
      }
      if (!engine.inspect(container, "{{.State.Running}}").equals("true")) {
        throw new IOException("the container ended: " + log);
      }
      Thread.sleep(100);
    }
  }

  private String shell(String container, String line) throws IOException, InterruptedException {
    return engine.exec(container, "sh", "-c", line).output();
  }

  /// The same asset by the classes of this build.
  private byte[] built(Machine machine, String url) throws Exception {
    Path configuration = Files.writeString(folder.resolve("config.yaml"), YAML);
    Path output = folder.resolve(UKI);
    try (ServiceProcess build =
        machine.command(
            "build",
            "--configuration",
            configuration.toString(),
            "--version",
            "v1.9.5",
            "--asset",
            UKI,
            "--external-url",
            url,
            "--output",
            output.toString())) {
      assertThat(build.awaitExit()).as(build.log()).isZero();
    }
    return Files.readAllBytes(output);
  }

  /// A folder that the container's user can read.
  private static Path readable(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
