package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// HEAD of an asset, in front of which something passes its length on or does not.
final class HeadTest {
  private static final String KERNEL = "/image/" + TestService.EMPTY + "/v1.9.5/kernel-x86_64";

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5").quickBuilder();
    service.post("{}");
  }

  @Test
  void isAnsweredWithWhatTheStoreWouldSay() {
    service.answeringHead();
    for (int i = 0; i < 2; i++) {
      Response head = service.send("HEAD", KERNEL, Map.of());
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).contains("42");
      assertThat(head.header("etag")).contains("\"tag\"");
      assertThat(head.header("last-modified")).contains("Wed, 01 Jul 2026 02:03:04 GMT");
      assertThat(head.header("accept-ranges")).contains("bytes");
      assertThat(head.header("content-type")).contains("application/x-test");
      assertThat(head.header("content-disposition"))
          .contains("attachment; filename=\"kernel-x86_64\"");
    }
    assertThat(service.get(KERNEL).status()).isEqualTo(302);
  }

  @Test
  void isConditional() {
    service.answeringHead();
    Map<String, String> known = Map.of("if-none-match", "\"tag\"");
    assertThat(service.send("HEAD", KERNEL, known).status()).isEqualTo(304);
    assertThat(service.send("GET", KERNEL, known).status()).isEqualTo(302);
  }

  @Test
  void isRedirectedWhereTheFrontDropsTheLength() {
    Response head = service.send("HEAD", KERNEL, Map.of());
    assertThat(head.status()).isEqualTo(302);
    assertThat(head.header("location").orElseThrow()).contains("method=HEAD");
  }
}
