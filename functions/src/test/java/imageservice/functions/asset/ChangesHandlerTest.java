package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.release.CatalogueExtension;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangesHandlerTest {
  private static final String VERSIONS = "?from=v1.9.5&to=v1.13.2";

  private final TestService service = new TestService();

  @BeforeEach
  void offer() throws IOException {
    service.offering("v1.9.5", "v1.13.2");
    service.write(
        document(
            TalosVersion.of(1, 9, 5),
            extension("siderolabs/gvisor", "v1", "1"),
            extension("siderolabs/zfs", "v2", "2"),
            extension("siderolabs/nut-client", "v3", "3"),
            extension("siderolabs/i915-ucode", "v4", "4")));
    service.write(
        document(
            TalosVersion.of(1, 13, 2),
            extension("siderolabs/gvisor", "v1", "1"),
            extension("siderolabs/zfs", "v2.1", "5"),
            extension("siderolabs/drbd", "v7", "7"),
            extension("siderolabs/i915", "v4.1", "6")));
  }

  @Test
  void tellsWhatBecomesOfEachExtension() {
    String id =
        service
            .post(
                """
                customization:
                  extraKernelArgs: [a=1]
                  systemExtensions:
                    officialExtensions:
                      - siderolabs/gvisor
                      - siderolabs/zfs
                      - siderolabs/drbd
                      - siderolabs/i915-ucode
                """)
            .hex();
    Response answer = service.get("/schematics/" + id + "/changes" + VERSIONS);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().text())
        .contains(
            "{\"name\":\"siderolabs/gvisor\",\"change\":\"same\",\"from\":\"v1\",\"to\":\"v1\"}",
            "{\"name\":\"siderolabs/zfs\",\"change\":\"updated\",\"from\":\"v2\",\"to\":\"v2.1\"}",
            "{\"name\":\"siderolabs/drbd\",\"change\":\"new\",\"to\":\"v7\"}",
            "{\"name\":\"siderolabs/i915-ucode\",\"change\":\"renamed\",\"from\":\"v4\",\"to\":\"v4.1\",\"newName\":\"siderolabs/i915\"}");
  }

  @Test
  void tellsWhatIsMissingAndThatNothingCanBeMade() {
    String id =
        service
            .post(
                "customization: {systemExtensions: {officialExtensions: [siderolabs/nut-client]}}")
            .hex();
    assertThat(service.get("/schematics/" + id + "/changes" + VERSIONS).body().text())
        .contains(
            "{\"name\":\"siderolabs/nut-client\",\"change\":\"missing\",\"from\":\"v3\"}",
            "\"refusals\":[\"")
        .doesNotContain("\"refusals\":[]");
  }

  @Test
  void comparesCommandLineAndBootLoaders() {
    String text =
        service.get("/schematics/" + TestService.EMPTY + "/changes" + VERSIONS).body().text();
    assertThat(text)
        .contains(
            "\"target\":\"metal-amd64\"",
            "{\"asset\":\"metal-amd64.iso\",\"from\":\"grub\",\"to\":\"dual-boot\"}",
            "\"added\":[\"selinux=1\"",
            "\"refusals\":[]");
    assertThat(text.substring(text.indexOf("removed"), text.indexOf("added")))
        .contains("ima_template")
        .doesNotContain("talos.platform");
  }

  @Test
  void anotherPlatformIsAsked() {
    assertThat(
            service
                .get(
                    "/schematics/"
                        + TestService.EMPTY
                        + "/changes"
                        + VERSIONS
                        + "&platform=aws&arch=arm64")
                .body()
                .text())
        .contains("\"target\":\"aws-arm64\"");
  }

  @Test
  void aBrowserGetsAPage() {
    Map<String, String> browser =
        Map.of(
            "accept", "text/html,*/*", "sec-fetch-mode", "navigate", "sec-fetch-dest", "document");
    Response page =
        service.send("GET", "/schematics/" + TestService.EMPTY + "/changes" + VERSIONS, browser);
    assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
  }

  @Test
  void whatIsWrongIsSaid() {
    String changes = "/schematics/" + TestService.EMPTY + "/changes";
    Response none = service.get(changes);
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.body().text()).startsWith("two versions are compared: ?from=v1.10.0");
    assertThat(service.get(changes + "?from=v1.9.5&to=new").status()).isEqualTo(400);
    assertThat(service.get(changes + "?from=v1.9.5&to=v1.99.0").status()).isEqualTo(404);
    assertThat(service.get(changes + VERSIONS + "&platform=moon").status()).isEqualTo(400);
    assertThat(service.get("/schematics/short/changes" + VERSIONS).status()).isEqualTo(404);
  }

  private static ReleaseDocument document(TalosVersion version, CatalogueExtension... extensions) {
    return new ReleaseDocument(
        version,
        Optional.of(Arrays.asList(extensions)),
        Optional.of(List.of()),
        Optional.empty(),
        new InstallerBase.Absent());
  }

  private static CatalogueExtension extension(String name, String tag, String digit) {
    return new CatalogueExtension(
        name, "ghcr.io/" + name + ":" + tag, new Digest("sha256:" + digit.repeat(64)), "", "");
  }
}
