package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a registry's client asks for, a refusal is an error of the protocol, and none is the
/// service's fault.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class RegistryRefusalTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "v1.9.5";
  private static final String NOBODY = "0".repeat(64);

  private final Client client;
  private final String url;

  RegistryRefusalTest(ServiceUnderTest service) {
    client = service.client();
    url = service.url();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /// `ID` is a known configuration, `NOBODY` 64 zeros, and `x*300` so many letters.
  @ParameterizedTest
  @CsvSource({
    "installer/NOBODY/manifests/v1.9.5,              404, NAME_UNKNOWN",
    "installer/NOBODY/manifests/sha256:NOBODY,       404, NAME_UNKNOWN",
    "installer/NOBODY/blobs/sha256:NOBODY,           404, NAME_UNKNOWN",
    "installer/NOBODY/referrers/sha256:NOBODY,       404, NAME_UNKNOWN",
    "installer/NOBODY/tags/list,                     404, NAME_UNKNOWN",
    "installer/UPPER/manifests/v1.9.5,               404, NAME_UNKNOWN",
    "installer/x*300/manifests/v1.9.5,               404, NAME_UNKNOWN",
    "installer/ID%20/manifests/v1.9.5,               404, NAME_UNKNOWN",
    "installer/manifests/v1.9.5,                     404, NAME_UNKNOWN",
    "installer/ID/other/manifests/v1.9.5,            404, NAME_UNKNOWN",
    "installer/ID/manifests,                         404, NAME_UNKNOWN",
    "installer/ID/tags,                              404, NAME_UNKNOWN",
    "installer/ID/nothing/v1.9.5,                    404, NAME_UNKNOWN",
    "_catalog,                                       404, NAME_UNKNOWN",
    "x*300,                                          404, NAME_UNKNOWN",
    "imager/ID/manifests/v1.9.5,                     400, NAME_INVALID",
    "Installer/ID/manifests/v1.9.5,                  400, NAME_INVALID",
    "METAL-INSTALLER/ID/manifests/v1.9.5,            400, NAME_INVALID",
    "nowhere-installer/ID/manifests/v1.9.5,          400, NAME_INVALID",
    "-installer/ID/manifests/v1.9.5,                 400, NAME_INVALID",
    "x*300/ID/manifests/v1.9.5,                      400, NAME_INVALID",
    "x*300/ID/tags/list,                             400, NAME_INVALID",
    "x*300/ID/blobs/sha256:NOBODY,                   400, NAME_INVALID",
    "installer/ID/manifests/v9.9.9,                  404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/v1.9,                    404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/V1.9.5,                  404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/v1.9.5%20,               404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/v99999999999999999999.1.1, 404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/x*129,                   404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/.hidden,                 404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/sha256-NOBODY.sig,       404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/sha256:NOBODY,           404, MANIFEST_UNKNOWN",
    "installer/ID/manifests/sha256:x,                400, DIGEST_INVALID",
    "installer/ID/manifests/sha256:UPPER,            400, DIGEST_INVALID",
    "installer/ID/manifests/sha512:NOBODY,           400, DIGEST_INVALID",
    "installer/ID/manifests/:,                       400, DIGEST_INVALID",
    "installer/ID/blobs/sha256:NOBODY,               404, BLOB_UNKNOWN",
    "installer/ID/blobs/v1.9.5,                      400, DIGEST_INVALID",
    "installer/ID/blobs/sha256:x*300,                400, DIGEST_INVALID",
    "installer/ID/referrers/v1.9.5,                  400, DIGEST_INVALID",
    "installer-secureboot/ID/manifests/v1.9.5,       400, MANIFEST_INVALID",
    "installer/ID/tags/list?n=-1,                    400, PAGINATION_NUMBER_INVALID",
    "installer/ID/tags/list?n=x,                     400, PAGINATION_NUMBER_INVALID",
    "installer/ID/tags/list?n=1.5,                   400, PAGINATION_NUMBER_INVALID",
    "installer/ID/tags/list?n=99999999999999999999,  400, PAGINATION_NUMBER_INVALID",
  })
  void refusesInTheProtocolsWay(String path, int status, String code) throws Exception {
    String whole = "/v2/" + spelled(path);
    assertError(client.get(whole), status, code);
    assertThat(client.head(whole).status()).isEqualTo(status);
  }

  /// A gateway may resolve dots before the function sees the path.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/..",
        "/v2/../v2/_catalog",
        "/v2/installer/../ID/manifests/v1.9.5",
        "/v2/installer/%2e%2e/manifests/v1.9.5",
        "/v2/installer/ID/manifests/..",
        "/v2/installer/ID/manifests/%2e%2e",
        "/v2/installer/ID/manifests/",
        "/v2/installer//manifests/v1.9.5",
        "/v2//ID/manifests/v1.9.5",
        "/v2//installer/ID/manifests/v1.9.5",
        "/v2/installer/ID//manifests/v1.9.5",
        "/v2/installer/ID/manifests//v1.9.5",
        "/v2/installer/ID/manifests/v1.9.5/",
        "/v2/installer/ID/blobs/",
        "/v2/installer/ID/tags//list",
        "/v2///",
        "/v2/%2F",
        "/v2/installer/ID/manifests/%2Fetc",
      })
  void findsNothingOnCrookedPaths(String path) throws Exception {
    Answer answer = client.get(spelled(path));
    assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
    assertError(answer, answer.status(), "[A-Z_]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=0", "n=0&last=v1.9.5", "last=zzz", "n=1&last=zzz"})
  void aPageMayBeEmpty(String query) throws Exception {
    Answer answer = client.get(spelled("/v2/installer/ID/tags/list?") + query);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).get("tags")).isEmpty();
    assertThat(answer.header("link")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"last=%00", "last=", "last=%ff", "last=%zz", "last=a&last=b", "n=", "&&=&"})
  void anOddWishForTagsIsAnswered(String query) throws Exception {
    String answer = raw("GET " + spelled("/v2/installer/ID/tags/list?") + query);
    assertThat(answer).matches("(?s)HTTP/1\\.1 (200|400) .*");
  }

  /// Pages by one, each by the link of the one before, are the whole list.
  @Test
  void pagesLeadToAllTags() throws Exception {
    String list = spelled("/v2/installer/ID/tags/list");
    JsonNode all = JSON.readTree(client.get(list).body()).get("tags");
    List<String> found = new ArrayList<>();
    Answer page = client.get(list + "?n=1");
    while (page.header("link").isPresent()) {
      JSON.readTree(page.body()).get("tags").forEach(tag -> found.add(tag.asText()));
      page = client.get(page.required("link").replaceAll("<(.*)>; rel=\"next\"", "$1"));
    }
    JSON.readTree(page.body()).get("tags").forEach(tag -> found.add(tag.asText()));
    assertThat(found).hasSize(all.size());
    assertThat(JSON.valueToTree(found).toString()).isEqualTo(all.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, manifests/v1.9.5",
    "DELETE, manifests/v1.9.5",
    "DELETE, manifests/sha256:NOBODY",
    "PATCH, manifests/v1.9.5",
    "POST, blobs/uploads/",
    "POST, blobs/uploads",
    "POST, blobs/uploads/?mount=sha256:NOBODY&from=installer",
    "PUT, blobs/uploads/1?digest=sha256:NOBODY",
    "PATCH, blobs/uploads/1",
    "DELETE, blobs/sha256:NOBODY",
    "POST, tags/list",
    "PUT, referrers/sha256:NOBODY",
  })
  void nothingCanBePushed(String method, String path) throws Exception {
    byte[] body = method.startsWith("P") ? new byte[] {'{', '}'} : new byte[0];
    Answer answer = client.send(method, spelled("/v2/installer/ID/") + spelled(path), body);
    assertError(answer, 405, "UNSUPPORTED");
    assertThat(answer.required("allow")).contains("GET", "HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2", "/v2/", "/v2/_catalog"})
  void nothingCanBePushedOutsideOfRepositories(String path) throws Exception {
    assertError(client.post(path, "{}"), 405, "UNSUPPORTED");
  }

  /// An index is what there is, and whole, whatever the client says that it wants.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept        | text/html",
        "Accept        | application/json",
        "Accept        | */*;q=0",
        "Accept        | ,;=/",
        "Accept        | application/vnd.docker.distribution.manifest.v1+json",
        "Prefer        | respond-async",
        "Range         | bytes=0-1",
        "Range         | bytes=999999-",
        "Range         | lines=1-2",
        "If-None-Match | another",
        "Authorization | Bearer nonsense",
        "Content-Type  | ;;;",
      })
  void anIndexIsAnsweredWhateverIsWished(String header, String value) throws Exception {
    String path = spelled("/v2/installer/ID/manifests/") + VERSION;
    Answer plain = client.follow("GET", path);
    Answer answer = client.follow("GET", path, header, value);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(plain.body());
    assertThat(answer.header("content-range")).isEmpty();
  }

  @Test
  void aConditionThatIsNotMetIsToldInTheProtocolsWay() throws Exception {
    String path = spelled("/v2/installer/ID/manifests/") + VERSION;
    client.follow("GET", path);
    assertError(client.get(path, "If-Match", "\"another\""), 412, "UNKNOWN");
  }

  @Test
  void contentsAreSharedByAllRepositories() throws Exception {
    String mine = "/v2/installer/" + configure("mine");
    String other = "/v2/aws-installer/" + configure("other");
    Answer index = client.follow("GET", mine + "/manifests/" + VERSION);
    String digest = index.required("docker-content-digest");
    Answer shared = client.get(other + "/manifests/" + digest);
    assertThat(shared.status()).isEqualTo(200);
    assertThat(shared.body()).isEqualTo(index.body());
    assertThat(shared.required("docker-content-digest")).isEqualTo(digest);
  }

  @Test
  void aLongQueryDoesNoHarm() throws Exception {
    String query = "?ns=" + "x".repeat(4_000);
    assertThat(client.get(spelled("/v2/installer/ID/tags/list") + query).status()).isEqualTo(200);
    Answer answer = client.get(spelled("/v2/installer/NOBODY/manifests/v1.9.5") + query);
    assertError(answer, 404, "NAME_UNKNOWN");
  }

  /// What HTTP clients do not let through goes over the wire by hand, and gateways refuse some of
  /// it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/%zz",
        "/v2/%",
        "/v2/a b",
        "/v2/installer/ID/manifests/%c3%28",
        "/v2/installer/ID/manifests/%80",
        "/v2/installer/ID/manifests/\\..\\..",
        "/v2/installer/ID/manifests/v1.9.5%00",
        "/v2/installer/ID/manifests/v1.9.5%0a",
        "/v2/%2e%2e/%2e%2e/etc/passwd",
      })
  void answersMalformedAddressesWithoutHanging(String target) throws Exception {
    String answer = raw("GET " + spelled(target));
    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404|505) .*");
    assertThat(answer).doesNotContain("\tat ");
    assertThat(client.get("/v2/").status()).isEqualTo(200);
  }

  private static void assertError(Answer answer, int status, String code) throws IOException {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.required("content-type")).as(answer.toString()).contains("application/json");
    JsonNode errors = JSON.readTree(answer.body()).get("errors");
    assertThat(errors).as(answer.toString()).hasSize(1);
    assertThat(errors.get(0).get("code").asText()).as(answer.toString()).matches(code);
    assertThat(errors.get(0).get("message").asText()).isNotBlank().doesNotContain("Exception");
  }

  private String spelled(String path) throws Exception {
    String id = path.contains("ID") || path.contains("UPPER") ? configure("refused") : "";
    return path.replace("x*129", "x".repeat(129))
        .replace("x*300", "x".repeat(300))
        .replace("NOBODY", NOBODY)
        .replace("UPPER", id.toUpperCase(Locale.ROOT))
        .replace("ID", id);
  }

  private String configure(String argument) throws IOException, InterruptedException {
    return client.configure("customization: {extraKernelArgs: [" + argument + "]}");
  }

  private String raw(String request) throws IOException {
    URI address = URI.create(url);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      String whole = request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(whole.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
