package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.FaultyRegistry.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that people have, as they come: each downloads an asset that is not there yet, and gets
/// its bytes. Browsers are in {@link FrontPageTest}, iPXE in {@link PxeBootTest}, clients of
/// registries in {@link RegistryClientTest} and `container`.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class ClientsTest {
  private static final String PATH = "/v1.9.5/metal-amd64.iso";

  /// What is run in a folder of its own; leaves the asset in `out`.
  private static final Map<String, List<String>> COMMANDS =
      Map.ofEntries(
          Map.entry("curl", List.of("curl", "-sSfL", "-o", "out", "URL")),
          Map.entry("wget", List.of("wget", "-q", "-O", "out", "URL")),
          Map.entry("aria2", List.of("aria2c", "-q", "-x4", "-s4", "-k1M", "-o", "out", "URL")),
          Map.entry(
              "requests",
              List.of(
                  "judges-python",
                  "-c",
                  """
                  import requests, sys
                  answer = requests.get(sys.argv[1])
                  answer.raise_for_status()
                  open("out", "wb").write(answer.content)
                  """,
                  "URL")),
          Map.entry(
              "urllib",
              List.of(
                  "python3",
                  "-c",
                  "import sys, urllib.request; urllib.request.urlretrieve(sys.argv[1], 'out')",
                  "URL")),
          Map.entry(
              "Node",
              List.of(
                  "node",
                  "-e",
                  """
                  const fs = require("fs");
                  fetch(process.argv[1]).then(async (answer) => {
                    if (!answer.ok) throw new Error(answer.status);
                    fs.writeFileSync("out", Buffer.from(await answer.arrayBuffer()));
                  });
                  """,
                  "URL")),
          Map.entry("Go", List.of("go", "run", "get.go", "URL")),
          Map.entry(
              "LWP",
              List.of(
                  "perl",
                  "-MLWP::UserAgent",
                  "-e",
                  "my $a = LWP::UserAgent->new->mirror($ARGV[0], 'out'); die $a->status_line unless $a->is_success",
                  "URL")),
          Map.entry("ansible", ansible()));

  private static final String GO =
      """
      package main

      import (
      	"io"
      	"net/http"
      	"os"
      )

      func main() {
      	answer, err := http.Get(os.Args[1])
      	if err != nil || answer.StatusCode != 200 {
      		panic(answer)
      	}
      	out, _ := os.Create("out")
      	if _, err := io.Copy(out, answer.Body); err != nil {
      		panic(err)
      	}
      }
      """;

  @TempDir private Path folder = Path.of("");

  private final Client client;

  ClientsTest(ServiceUnderTest service) {
    this.client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static List<String> ansible() {
    return List.of("ansible", "localhost", "-m", "get_url", "-a", "url=URL dest=FOLDER/out");
  }

  static Stream<String> names() {
    return COMMANDS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void getsAnAssetThatIsNotThereYet(String name) throws Exception {
    String path = "/image/" + fresh() + PATH;
    assertThat(got(name, client.address(path)))
        .isEqualTo(Hash.sha256(client.download(path).body()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void theJdkGetsAnAssetThatIsNotThereYet(String version) throws Exception {
    String path = "/image/" + fresh() + PATH;
    try (HttpClient jdk =
        HttpClient.newBuilder()
            .version(HttpClient.Version.valueOf(version))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<byte[]> answer =
          jdk.send(
              HttpRequest.newBuilder(URI.create(client.address(path))).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Hash.sha256(answer.body())).isEqualTo(Hash.sha256(client.download(path).body()));
    }
  }

  /// Its module gives up where an answer takes 10 s.
  @Test
  void ansibleGetsAnAssetWhoseBuildTakesLonger() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (FaultyRegistry registry = new FaultyRegistry(machine.releases());
        ServiceProcess process = machine.withSource(registry.prefix()).serve(0);
        Client own = new Client(process.url())) {
      String path = "/image/" + own.configure("customization: {}") + PATH;
      assertThat(own.get("/version/v1.9.5/extensions/official").status()).isEqualTo(200);
      registry.become(Fault.HELD);
      Thread later =
          Thread.startVirtualThread(() -> {
            try {
              Thread.sleep(15_000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            registry.become(Fault.NONE);
          });
      assertThat(got("ansible", own.address(path)))
          .isEqualTo(Hash.sha256(own.download(path).body()));
      later.join();
    }
  }

  private String got(String name, String url) throws IOException, InterruptedException {
    Path place = Files.createDirectories(folder.resolve("client"));
    Files.writeString(place.resolve("get.go"), GO);
    List<String> command =
        Objects.requireNonNull(COMMANDS.get(name)).stream()
            .map(word -> word.replace("URL", url).replace("FOLDER", place.toString()))
            .toList();
    Command.Result result = Command.run(place, command);
    assertThat(result.status()).as("%s: %s", name, result.output()).isZero();
    return Hash.sha256(Files.readAllBytes(place.resolve("out")));
  }

  private String fresh() throws IOException, InterruptedException {
    return client.configure(
        "customization: {extraKernelArgs: [fresh=%s]}".formatted(UUID.randomUUID()));
  }
}
