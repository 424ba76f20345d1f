package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Links to objects: good for what they were made for and nothing else.
@Tag("every-shape")
@ExtendWith(ServiceUnderTest.Shared.class)
final class LinkTest {
  private final ServiceUnderTest service;
  private final Client client;
  private String link = "";

  LinkTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @BeforeEach
  void takeALink() throws Exception {
    String id = client.configure("customization: {extraKernelArgs: [link=yes]}");
    String path = "/image/" + id + "/v1.9.5/cmdline-metal-amd64";
    assertThat(client.download(path).status()).isEqualTo(200);
    link = client.get(path).required("location");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void isGoodAsItIs() throws Exception {
    assertThat(client.get(link).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Signature=[0-9a-f]{4}, X-Amz-Signature=0000",
    "X-Amz-Expires=[0-9]+, X-Amz-Expires=604800",
    "cmdline-metal-amd64, kernel-amd64",
    "X-Amz-Date=[0-9]{4}, X-Amz-Date=2020",
    "&X-Amz-Signature=[0-9a-f]+, ''",
    "[?].*, ''",
  })
  void isWorthlessOnceTamperedWith(String pattern, String replacement) throws Exception {
    String tampered = link.replaceFirst(pattern, replacement);
    assertThat(tampered).isNotEqualTo(link);
    // S3 says 400 of a link without a signature.
    assertThat(client.get(tampered).status()).isIn(400, 403);
  }

  @Test
  @Tag("laptop")
  void isOnTheServicesOwnPort() {
    assertThat(link).startsWith(service.url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "POST", "DELETE"})
  void isForItsMethodOnly(String method) throws Exception {
    assertThat(client.send(method, link, new byte[0]).status()).isEqualTo(403);
    assertThat(client.get(link).status()).isEqualTo(200);
  }
}
