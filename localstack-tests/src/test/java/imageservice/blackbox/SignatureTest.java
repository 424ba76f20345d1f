package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures of installer images, as cosign verifies them.
final class SignatureTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "v1.9.5";

  @TempDir private Path folder = Path.of("");
  private Cosign cosign = new Cosign(folder);

  @BeforeEach
  void takeTheFolder() {
    cosign = new Cosign(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "Ed25519"})
  void cosignAcceptsAColdImageByItsTagInBothForms(String algorithm) throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.serve(0, signing(cosign.key("key", algorithm)));
        Client client = new Client(process.url())) {
      Path published = cosign.publishedKey(client);
      String image = image(client);
      Cosign.assertAccepted(cosign.verify(client, image, published));
      String byDigest = repository(image) + "@" + digest(client, image);
      for (String form : List.of("", ".sig")) {
        Path found = attached(machine, form);
        Path away = Files.move(found, machine.folder().resolve("away"));
        Cosign.assertAccepted(cosign.verify(client, byDigest, published));
        Files.move(away, found);
      }
      Cosign.assertRefused(cosign.verify(client, image(client), cosign.otherKey(algorithm)));
    }
  }

  @Test
  void anIndexThatIsChangedInTheStoreIsRefused() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.serve(0, signing(cosign.key("key", "RSA")));
        Client client = new Client(process.url())) {
      Path published = cosign.publishedKey(client);
      String image = image(client);
      Cosign.assertAccepted(cosign.verify(client, image, published));
      try (Stream<Path> objects = Files.walk(machine.data().resolve("objects"))) {
        Path index = objects.filter(path -> path.endsWith(VERSION)).findFirst().orElseThrow();
        String text = Files.readString(index);
        Files.writeString(index, text.replace("\"arm64\"", "\"arm46\""));
      }
      Command.Result refused = cosign.verify(client, image, published);
      Cosign.assertRefused(refused);
      assertThat(refused.output()).contains("no signatures found");
    }
  }

  /// Nobody flushes anything: the key belongs to an image's address.
  @Test
  void anotherKeySignsAnewAndAnEarlierOneIsGoodAgain() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    Path first = cosign.key("first", "RSA");
    Path second = cosign.key("second", "Ed25519");
    String image = "";
    int port = 0;
    for (Path key : List.of(first, second, first)) {
      try (ServiceProcess process = machine.serve(port, signing(key));
          Client client = new Client(process.url())) {
        port = process.port();
        image = image.isEmpty() ? image(client) : image;
        Cosign.assertAccepted(cosign.verify(client, image, cosign.publishedKey(client)));
        process.terminate();
      }
    }
    try (ServiceProcess process = machine.serve(port);
        Client client = new Client(process.url())) {
      String repository = "/v2/" + repository(image);
      String digest = digest(client, image);
      assertThat(client.get(repository + "/referrers/" + digest).text())
          .contains("\"manifests\":[]");
      assertThat(client.get(signature(repository, digest)).text()).contains("MANIFEST_UNKNOWN");
      Answer key = client.get(Cosign.KEY);
      assertThat(key.status()).isEqualTo(404);
      assertThat(key.text()).contains("signs no images");
    }
  }

  @Test
  void aSignatureThatIsGoneIsMadeAgainWithTheSameBytes() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.serve(0, signing(cosign.key("key", "RSA")));
        Client client = new Client(process.url())) {
      String image = image(client);
      String repository = "/v2/" + repository(image);
      String digest = digest(client, image);
      List<String> before = documents(client, repository, digest);
      assertThat(before).hasSizeGreaterThan(6);
      try (Stream<Path> objects = Files.walk(machine.data().resolve("objects"))) {
        for (Path path : objects.filter(Files::isRegularFile).toList()) {
          if (!path.toString().contains("plans")) {
            Files.delete(path);
          }
        }
      }
      assertThat(client.get(signature(repository, digest)).status()).isEqualTo(404);
      assertThat(digest(client, image)).isEqualTo(digest);
      assertThat(documents(client, repository, digest)).isEqualTo(before);
    }
  }

  /// Both forms' manifests and all that they name, and the list of referrers.
  private static List<String> documents(Client client, String repository, String digest)
      throws Exception {
    Answer list = client.get(repository + "/referrers/" + digest);
    Answer tagged = client.get(signature(repository, digest).replace(".sig", ""));
    assertThat(tagged.body()).isEqualTo(list.body());
    List<String> documents = new ArrayList<>(List.of(list.text()));
    String bundle =
        repository + "/manifests/" + JSON.readTree(list.body()).at("/manifests/0/digest").asText();
    for (String path : List.of(signature(repository, digest), bundle)) {
      Answer manifest = client.get(path);
      assertThat(manifest.status()).as(path).isEqualTo(200);
      documents.add(manifest.text());
      JsonNode json = JSON.readTree(manifest.body());
      for (JsonNode blob : List.of(json.get("config"), json.at("/layers/0"))) {
        Answer content = client.follow("GET", repository + "/blobs/" + blob.get("digest").asText());
        assertThat(content.body()).hasSize(blob.get("size").asInt());
        documents.add(content.text());
      }
    }
    return documents;
  }

  @Test
  void aKeyThatDoesNotFitEndsTheStartWithWhatToDo() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.begin(0, signing(cosign.key("key", "EC")))) {
      assertThat(process.awaitExit()).isNotZero();
      assertThat(process.log())
          .contains("--signing-key ", "EC keys sign the same bytes differently", "openssl genpkey");
    }
  }

  private static String signature(String repository, String digest) {
    return repository + "/manifests/" + digest.replace(':', '-') + ".sig";
  }

  private static String[] signing(Path key) {
    return new String[] {"--signing-key", key.toString()};
  }

  /// The name of an image that nobody pulled yet.
  private static String image(Client client) throws IOException, InterruptedException {
    String id =
        client.configure("customization: {meta: [{key: 10, value: '" + UUID.randomUUID() + "'}]}");
    return "metal-installer/" + id + ":" + VERSION;
  }

  private static String repository(String image) {
    return image.substring(0, image.indexOf(':'));
  }

  private static String digest(Client client, String image)
      throws IOException, InterruptedException {
    return client
        .follow("GET", "/v2/" + repository(image) + "/manifests/" + VERSION)
        .required("docker-content-digest");
  }

  /// The object by which a form is found.
  private static Path attached(Machine machine, String suffix) throws IOException {
    try (Stream<Path> objects = Files.walk(machine.data().resolve("objects"))) {
      return objects
          .filter(path -> path.toString().matches(".*/manifests/sha256-[0-9a-f]{64}" + suffix))
          .findFirst()
          .orElseThrow();
    }
  }
}
