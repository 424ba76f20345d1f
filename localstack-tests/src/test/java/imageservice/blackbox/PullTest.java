package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.Client.Answer;
import imageservice.blackbox.Puller.Pulled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every program that people pull images with gets an installer that was never built, and what it
/// got holds the files that are served as assets.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class PullTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A file of an installer, and the assets that it consists of, others apart where it is a UKI:
  /// kernel and initramfs are in it, and its command line is the installer's own.
  private record Installed(String name, List<String> assets) {}

  private static final Map<String, List<Installed>> FILES =
      Map.of(
          "v1.9.5",
          List.of(
              new Installed("vmlinuz", List.of("kernel-ARCH")),
              new Installed("initramfs.xz", List.of("initramfs-ARCH.xz"))),
          "v1.13.2",
          List.of(new Installed("vmlinuz.efi", List.of("kernel-ARCH", "initramfs-ARCH.xz"))));

  @TempDir private Path folder = Path.of("");

  private final Client client;
  private final String host;

  PullTest(ServiceUnderTest service) {
    client = service.client();
    URI address = URI.create(service.url());
    host = address.getHost() + ":" + address.getPort();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static Stream<Arguments> pullers() {
    return Stream.of(Puller.values())
        .flatMap(puller ->
            FILES.keySet().stream().sorted().map(version -> Arguments.of(puller, version)));
  }

  @ParameterizedTest
  @MethodSource("pullers")
  void pullsAColdAndAWarmImageByTagAndByDigest(Puller puller, String version) throws Exception {
    String id =
        client.configure("customization: {extraKernelArgs: [fresh=" + UUID.randomUUID() + "]}");
    String repository = "metal-installer/" + id;
    Pulled cold = pull(puller, host + "/" + repository + ":" + version, "arm64", "cold");
    Answer index = client.get("/v2/" + repository + "/manifests/" + version);
    String digest = "sha256:" + Hash.sha256(index.body());
    assertPulled(puller, cold, index, "arm64", id, version);
    Pulled warm = pull(puller, host + "/" + repository + ":" + version, "amd64", "warm");
    assertPulled(puller, warm, index, "amd64", id, version);
    Pulled same = pull(puller, host + "/" + repository + "@" + digest, "arm64", "same");
    assertPulled(puller, same, index, "arm64", id, version);
  }

  private Pulled pull(Puller puller, String reference, String architecture, String name)
      throws Exception {
    return puller.pull(reference, architecture, Files.createDirectory(folder.resolve(name)));
  }

  private void assertPulled(
      Puller puller, Pulled pulled, Answer index, String architecture, String id, String version)
      throws Exception {
    String manifest = manifest(index, architecture);
    assertThat(pulled.printed()).containsAnyOf("sha256:" + Hash.sha256(index.body()), manifest);
    PulledImage image = PulledImage.in(pulled.layout(), architecture);
    if (puller.keepsManifests()) {
      assertThat(image.digest()).isEqualTo(manifest);
    }
    assertThat(image.architecture()).isEqualTo(architecture);
    Path root = image.unpack(pulled.layout().resolveSibling("root"));
    for (Installed file : FILES.getOrDefault(version, List.of())) {
      Path installed = root.resolve("usr/install/" + architecture).resolve(file.name());
      assertThat(installed.toFile().setReadable(true)).isTrue();
      for (String asset : file.assets()) {
        String path = "/image/%s/%s/%s".formatted(id, version, asset).replace("ARCH", architecture);
        assertHolds(installed, client.download(path), file.assets().size() == 1);
      }
    }
  }

  private static void assertHolds(Path file, Answer asset, boolean alone) throws Exception {
    byte[] content = Files.readAllBytes(file);
    assertThat(asset.status()).isEqualTo(200);
    assertThat(text(content).contains(text(asset.body()))).as(file.toString()).isTrue();
    assertThat(content.length == asset.body().length).isEqualTo(alone);
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  /// The digest that an index has for an architecture.
  private static String manifest(Answer index, String architecture) throws Exception {
    for (var entry : JSON.readTree(index.body()).get("manifests")) {
      if (entry.at("/platform/architecture").asText().equals(architecture)) {
        return entry.get("digest").asText();
      }
    }
    throw new IllegalStateException("no " + architecture + ": " + index);
  }
}
