package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class RefusalTest {
  private static final String UNKNOWN = "0".repeat(64);

  private final Client client;
  private final String url;

  RefusalTest(ServiceUnderTest service) {
    client = service.client();
    url = service.url();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/configuration/<id>, 404, schematic not found",
    "/schematics/nonsense, 404, schematic not found",
    "/image/<id>/v1.9.5/metal-amd64.iso, 404, schematic ID \"<id>\" not found",
    "/image/nonsense/v1.9.5/metal-amd64.iso, 404, schematic ID \"nonsense\" not found",
    "/builds/nonsense, 404, build \"nonsense\" not found",
    "/nowhere, 404, 404 page not found",
  })
  void tellsOfAnythingUnknown(String path, int status, String message) throws Exception {
    Answer answer = refuses(path.replace("<id>", UNKNOWN), status);
    assertThat(answer.text()).isEqualTo(message.replace("<id>", UNKNOWN) + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "v1.9.99/metal-amd64.iso, 404",
    "v9.9.9/kernel-amd64, 404",
    "latest/metal-amd64.iso, 400",
    "v1/metal-amd64.iso, 400",
    "v1.9.5/metal-sparc.iso, 400",
    "v1.9.5/nosuchplatform-amd64.iso, 400",
    "v1.9.5/what, 400",
    "v1.9.5/metal-amd64.docx, 400",
    "v1.9.5/kernel-, 400",
    "v1.9.5/.., 400",
    "v1.9.5/a/b, 404",
    "v1.9.5/%2e%2e%2f%2e%2e%2fetc%2fpasswd, 404",
    "v1.9.5/kernel-amd64%00, 400",
  })
  void refusesWhatThereIsNot(String rest, int status) throws Exception {
    refuses("/image/" + configuration() + "/" + rest, status);
  }

  /// A gateway may have no route for line feeds.
  @Test
  void refusesLineFeedsInPaths() throws Exception {
    Answer answer = client.get("/image/" + configuration() + "/%0d%0aX-Evil:%201/kernel-amd64");
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.header("x-evil")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/configuration", "/schematics", "/versions", "/image/a/b/c"})
  void refusesMethodsThatNobodyAnswers(String path) throws Exception {
    Answer refused = client.send("DELETE", path, new byte[0]);
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.required("allow")).contains("OPTIONS");
  }

  @Test
  void explainsItselfInJsonToWhoeverPrefersThat() throws Exception {
    Answer refused =
        client.get("/image/" + UNKNOWN + "/v1.9.5/metal-amd64.iso", "Accept", "application/json");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.required("content-type")).startsWith("application/problem+json");
    assertThat(refused.text()).contains("\"detail\":", "\"requestId\":");
  }

  /// What HTTP clients do not let through goes over the wire by hand.
  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/image/%", "/image/a b/c", "/%c3%28", "*", "/a\\b", "/^"})
  void answersMalformedAddressesWithoutHanging(String target) throws Exception {
    String answer = raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404|301|505) .*");
    assertThat(answer).doesNotContain("\tat ");
    assertThat(client.get("/healthz").status()).isEqualTo(200);
  }

  /// A gateway may take it for the front page.
  @Test
  void answersTwoSlashesWithoutHanging() throws Exception {
    assertThat(raw("GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .matches("(?s)HTTP/1\\.1 (200|301|400|404) .*");
  }

  private Answer refuses(String path, int status) throws Exception {
    Answer answer = client.get(path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.text().strip().lines()).hasSize(1);
    assertThat(answer.text()).doesNotContain("\tat ", "Exception");
    return answer;
  }

  private String configuration() throws Exception {
    return client.configure("customization: {extraKernelArgs: [refused=yes]}");
  }

  private String raw(String request) throws IOException {
    URI address = URI.create(url);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
