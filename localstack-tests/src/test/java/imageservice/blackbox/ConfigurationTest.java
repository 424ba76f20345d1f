package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class ConfigurationTest {
  private static final String YAML =
      "customization:\n  extraKernelArgs:\n    - vga=791\n    - hello=world\n";
  private static final String CANONICAL =
      "customization:\n    extraKernelArgs:\n        - vga=791\n        - hello=world\n";

  private final Client client;

  ConfigurationTest(ServiceUnderTest service) {
    client = service.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/configuration", "/schematics"})
  void createsAnIdThatIsTheHashOfTheText(String path) throws Exception {
    Answer created = client.post(path, YAML);
    String id = Hash.sha256(CANONICAL);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text())
        .isEqualTo(
            "{\"id\":\"%s\",\"schematic\":\"%s\"}\n".formatted(id, CANONICAL.replace("\n", "\\n")));
    assertThat(created.required("content-type")).startsWith("application/json");
    assertThat(created.required("location")).isEqualTo("/schematics/" + id);
    assertThat(client.post(path, YAML).text()).isEqualTo(created.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/configuration/", "/schematics/"})
  void servesTheTextThatHashesToTheId(String path) throws Exception {
    String id = client.configure(YAML);
    Answer found = client.get(path + id);
    assertThat(found.status()).isEqualTo(200);
    assertThat(Hash.sha256(found.body())).isEqualTo(id);
    assertThat(found.text()).isEqualTo(CANONICAL);
    Answer head = client.head(path + id);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.required("content-length")).isEqualTo("" + found.body().length);
    Answer unchanged = client.get(path + id, "If-None-Match", found.required("etag"));
    assertThat(unchanged.status()).isEqualTo(304);
  }

  @Test
  void givesTheIdThatOlderServicesGiveTheEmptyConfiguration() throws Exception {
    assertThat(client.configure("{}"))
        .isEqualTo("376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba");
  }

  /// Older services quoted words that were booleans once with other quotes, so such a document has
  /// two ids.
  @Test
  void servesEachAliasUnderItsOwnText() throws Exception {
    String id = client.configure("customization:\n  secureboot:\n    enrollKeys: \"off\"\n");
    String text = client.get("/schematics/" + id).text();
    String older = text.replace("'off'", "\"off\"");
    assertThat(older).isNotEqualTo(text);
    Answer alias = client.get("/schematics/" + Hash.sha256(older));
    assertThat(alias.status()).isEqualTo(200);
    assertThat(alias.text()).isEqualTo(older);
    assertThat(Hash.sha256(text)).isEqualTo(id);
    assertThat(client.download("/image/" + Hash.sha256(older) + "/v1.9.5/kernel-amd64").status())
        .isEqualTo(200);
  }

  static List<String> malformed() throws IOException {
    return List.of(
        "customization: [",
        "a: b: c",
        "\t- x",
        "customization:\n  nosuchkey: 1\n",
        "nosuchkey: 1\n",
        "customization:\n  extraKernelArgs: 7\n",
        "customization:\n  extraKernelArgs: {a: b}\n",
        "- 1\n",
        """
        a: &a [x,x,x,x,x,x,x,x,x]
        b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
        c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
        d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
        e: [*d,*d,*d,*d,*d,*d,*d,*d,*d]
        """,
        "\u0000",
        "[".repeat(100_000),
        "customization:\n  extraKernelArgs: [*nowhere]\n",
        "!!java.net.URL [http://localhost/]\n");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatCannotBeMeantInOneLine(String document) throws Exception {
    Answer refused = client.post("/configuration", document);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text().strip().lines()).hasSize(1);
    assertThat(refused.text()).doesNotContain("\tat ", "Exception").hasSizeLessThan(1000);
  }

  @Test
  void refusesBytesThatAreNoText() throws Exception {
    Answer refused =
        client.send("POST", "/configuration", new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    assertThat(refused.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {2 << 20, 11 << 20})
  void refusesWhatIsTooLong(int size) throws Exception {
    Answer refused = client.post("/configuration", "#" + "x".repeat(size) + "\n");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.text().strip().lines()).hasSize(1);
    assertThat(client.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void repeatsTheRequestsId() throws Exception {
    assertThat(client.get("/versions", "X-Request-ID", "abc-123").required("x-request-id"))
        .isEqualTo("abc-123");
    assertThat(client.get("/versions").required("x-request-id")).isNotEmpty();
  }

  @Test
  void saysThatItIsThereAndReady() throws Exception {
    assertThat(client.get("/healthz").status()).isEqualTo(200);
    assertThat(client.get("/readyz").status()).isEqualTo(200);
    assertThat(client.head("/healthz").status()).isEqualTo(200);
  }

  @Test
  void listsVersionsInAscendingOrder() throws Exception {
    Answer versions = client.get("/versions");
    assertThat(versions.status()).isEqualTo(200);
    for (String version : SyntheticRelease.VERSIONS) {
      assertThat(versions.text()).contains("\"" + version + "\"");
    }
    assertThat(versions.text().indexOf("v1.9.5")).isLessThan(versions.text().indexOf("v1.11.0"));
  }
}
