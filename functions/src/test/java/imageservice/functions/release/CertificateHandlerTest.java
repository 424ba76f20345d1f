package imageservice.functions.release;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.RecordedKeys;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateHandlerTest {
  private static final String PEM = "/secureboot/signing-cert.pem";
  private static final String DER = "/secureboot/signing-cert.der";

  private final TestService service = new TestService();

  @ParameterizedTest
  @ValueSource(strings = {PEM, DER})
  void withoutKeysThereIsNone(String path) {
    Response response = service.get(path);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body().text()).isEqualTo("secure boot is disabled\n");
  }

  @Test
  void programsGetPemAndFirmwareDer() {
    service.signing();
    Response pem = service.get(PEM);
    assertThat(pem.status()).isEqualTo(200);
    assertThat(pem.header("content-type")).contains("application/x-pem-file");
    assertThat(pem.body().text()).isEqualTo(RecordedKeys.CERTIFICATE);
    Response der = service.get(DER);
    assertThat(der.header("content-type")).contains("application/pkix-cert");
    assertThat(der.body().bytes()).isEqualTo(RecordedKeys.KEYS.certificate().der());
  }

  @ParameterizedTest
  @ValueSource(strings = {PEM, DER})
  void headIsAnswered(String path) throws IOException {
    assertThat(service.signing().send("HEAD", path, Map.of()).status()).isEqualTo(200);
  }

  /// Each set of keys has assets of its own, and the plan names them.
  @Test
  void assetsForSecureBootAreOrderedWithTheKeys() throws IOException {
    service.offering("v1.9.5").post("{}");
    String uki = "/image/" + TestService.EMPTY + "/v1.9.5/metal-amd64-secureboot-uki.efi";
    assertThat(service.get(uki).status()).isEqualTo(400);
    service.signing().get(uki);
    assertThat(service.orders).isNotEmpty();
    assertThat(service.plans.find(service.orders.getFirst().plan()).orElseThrow())
        .contains(
            "\"secureBoot\":{\"certificate\":\"%s\",\"pcrKey\":\"%s\"}"
                .formatted(RecordedKeys.KEYS.certificate().id(), RecordedKeys.KEYS.pcr().id()));
  }
}
