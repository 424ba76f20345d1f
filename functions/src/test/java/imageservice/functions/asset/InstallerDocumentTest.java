package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Documents that were written before documents told of installers.
final class InstallerDocumentTest {
  private static final String INSTALLER =
      "/image/" + TestService.EMPTY + "/v1.11.0/installer-amd64.tar";
  private static final Digest BASE = Digest.of("base".getBytes(StandardCharsets.UTF_8));

  private final TestService service = new TestService();

  @BeforeEach
  void offerAVersion() throws IOException {
    service.offering("v1.11.0").quickBuilder();
  }

  @Test
  void oneIsRenewedWhenAnInstallerIsAskedForAndServesAllElse() throws IOException {
    service.write(document(new InstallerBase.NotRead()));
    service.indexer(version ->
        service.after(
            Duration.ofSeconds(3), () -> service.write(document(new InstallerBase.Image(BASE)))));
    assertThat(service.get("/version/v1.11.0/overlays/official").status()).isEqualTo(404);
    assertThat(service.indexed).isEmpty();
    assertThat(service.get(INSTALLER).status()).isEqualTo(302);
    assertThat(service.indexed).hasSize(1);
  }

  @Test
  void oneThatIsStillOldKeepsNobodyForLong() throws IOException {
    service.write(document(new InstallerBase.NotRead()));
    service.indexer(version -> service.write(document(new InstallerBase.NotRead())));
    assertThat(service.send("GET", INSTALLER, Map.of("user-agent", "curl/8.5.0")).status())
        .isEqualTo(307);
  }

  @Test
  void aReleaseWithoutABaseIsToldByName() throws IOException {
    service.write(document(new InstallerBase.Absent()));
    Response response = service.get(INSTALLER);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body().text())
        .isEqualTo("this release has no installer image at the source: installer-base:v1.11.0\n");
    assertThat(service.indexed).isEmpty();
  }

  private static ReleaseDocument document(InstallerBase base) {
    return new ReleaseDocument(
        TalosVersion.of(1, 11, 0), Optional.empty(), Optional.empty(), Optional.empty(), base);
  }
}
