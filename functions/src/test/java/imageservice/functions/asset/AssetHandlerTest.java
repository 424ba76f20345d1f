package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.ConfigurationId;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssetHandlerTest {
  private static final String IMAGE = "/image/" + TestService.EMPTY + "/v1.9.5/";
  private static final String UNKNOWN = "a".repeat(64);

  private final TestService service = new TestService();

  @BeforeEach
  void offerVersions() throws IOException {
    service.offering("v1.9.5", "v1.12.0").quickBuilder();
    service.post("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "a/v1.9.5/kernel-amd64, a",
    "a/foo/metal-amd64.ssd, a",
    "376567988AD370138AD8B2698212367B8EDCB69B5FD68C80BE1F2EC7D603B4BA/v1.9.5/kernel-amd64, 376567988AD370138AD8B2698212367B8EDCB69B5FD68C80BE1F2EC7D603B4BA",
    "../v1.9.5/kernel-amd64, .."
  })
  void whatIsNoIdIsUnknownWithoutLookingForIt(String path, String id) {
    service.configurations.calls.clear();
    assertAnswer("/image/" + path, 404, "schematic ID \"" + id + "\" not found\n");
    assertThat(service.configurations.calls).isEmpty();
  }

  @Test
  void aChecksumIsALineForTheOrdinaryPrograms() {
    Response line = service.get(IMAGE + "kernel-amd64.sha256");
    assertThat(line.status()).isEqualTo(200);
    assertThat(line.body().text()).isEqualTo("ab".repeat(32) + "  kernel-amd64\n");
    assertThat(line.header("content-type")).contains("text/plain; charset=utf-8");
    assertThat(line.header("content-disposition"))
        .contains("attachment; filename=\"kernel-amd64.sha256\"");
    assertThat(service.get(IMAGE + "kernel-amd64.sha512").body().text())
        .isEqualTo("cd".repeat(64) + "  kernel-amd64\n");
    assertThat(service.get(IMAGE + "kernel-amd64.sha256?filename=../a\"b").body().text())
        .isEqualTo("ab".repeat(32) + "  ab\n");
  }

  @Test
  void aChecksumOfNothingSaysWhatTheAssetWouldSay() {
    for (String name : List.of("metal-amd64.ssd", "metal-amd64.iso.sha256", "")) {
      assertAnswer(
          IMAGE + name + ".sha256",
          400,
          "error parsing profile from path: invalid profile path: \"" + name + "\"\n");
    }
    assertAnswer(
        "/image/" + UNKNOWN + "/v1.9.5/kernel-amd64.sha512",
        404,
        "schematic ID \"" + UNKNOWN + "\" not found\n");
  }

  @Test
  void anUnknownConfigurationIsToldBeforeAnythingElse() {
    String text = "schematic ID \"" + UNKNOWN + "\" not found\n";
    assertAnswer("/image/" + UNKNOWN + "/v1.9.5/kernel-amd64", 404, text);
    assertAnswer("/image/" + UNKNOWN + "/foo/kernel-amd64", 404, text);
    assertAnswer("/image/" + UNKNOWN + "/v1.9.5/metal-amd64.ssd", 404, text);
    assertThat(service.get("/image/" + UNKNOWN + "/v1.9.5/kernel-amd64").header("cache-control"))
        .contains("public, max-age=30");
  }

  @Test
  void aBadVersionIsToldBeforeABadName() {
    assertAnswer(
        "/image/" + TestService.EMPTY + "/foo/metal-amd64.ssd",
        400,
        "invalid Talos version \"foo\"; write all three numbers, such as v1.11.0; GET /versions lists what there is\n");
    assertAnswer(
        "/image/" + TestService.EMPTY + "/v1.9/kernel-amd64",
        400,
        "invalid Talos version \"v1.9\"; write all three numbers, such as v1.11.0; GET /versions lists what there is\n");
  }

  @Test
  void aBadNameIsToldBeforeAVersionThatIsNotThere() {
    assertAnswer(
        "/image/" + TestService.EMPTY + "/v1.9.99/metal-amd64.ssd",
        400,
        "error parsing profile from path: invalid profile path: \"metal-amd64.ssd\"\n");
    assertAnswer(
        "/image/" + TestService.EMPTY + "/v1.9.99/kernel-amd64",
        404,
        "failed to get kernel: version 1.9.99 is not available; on offer are v1.9.5, v1.12.0; GET /versions lists all\n");
  }

  @Test
  void whatIsRefusedSaysWhy() {
    assertAnswer(
        IMAGE + "cmdline-metal-amd64-secureboot",
        400,
        "error enhancing profile from schematic: secure boot is disabled\n");
    assertThat(service.orders).isEmpty();
  }

  @Test
  void anObjectThatIsThereCostsOneReadOfItsRecord() {
    assertThat(service.get(IMAGE + "kernel-amd64").status()).isEqualTo(302);
    service.configurations.calls.clear();
    service.builds.calls.clear();
    Response response = service.get(IMAGE + "kernel-amd64");
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("cache-control")).contains("private, no-store");
    assertThat(service.configurations.calls).isEmpty();
    assertThat(service.builds.calls).hasSize(1).allMatch(call -> call.startsWith("find build#"));
    assertThat(service.orders).hasSize(1);
  }

  @Test
  void linksAreForTheMethodOfTheRequest() {
    assertThat(location(service.send("GET", IMAGE + "kernel-amd64", Map.of())))
        .matches("https://bucket[.]example/g[0-9a-f]{8}" + IMAGE + "kernel-amd64[?]method=GET");
    assertThat(location(service.send("HEAD", IMAGE + "kernel-amd64", Map.of())))
        .endsWith("kernel-amd64?method=HEAD");
  }

  @Test
  void linksAreOfTheKindThatTheClientCameBy() {
    assertThat(
            location(
                service.send(
                    "GET", IMAGE + "kernel-amd64", Map.of("cloudfront-forwarded-proto", "http"))))
        .startsWith("http://bucket.example/");
    assertThat(
            location(
                service.send(
                    "GET", IMAGE + "kernel-amd64", Map.of("cloudfront-forwarded-proto", "https"))))
        .startsWith("https://bucket.example/");
  }

  @Test
  void spellingsOfANameAreOneObject() {
    assertThat(location(service.get(IMAGE + "kernel-x86_64")))
        .endsWith("/v1.9.5/kernel-amd64?method=GET&name=kernel-x86_64");
    assertThat(location(service.get("/image/" + TestService.EMPTY + "/1.9.5/kernel-amd64")))
        .endsWith("/v1.9.5/kernel-amd64?method=GET");
    assertThat(service.orders).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x%20y.txt | x y.txt",
        "../../etc/passwd | passwd",
        "..%5C..%5Cevil.exe | evil.exe",
        "a%22%0D%0AX-Evil:%201 | aX-Evil: 1",
        "%C3%A9.iso | \u00e9.iso",
        "a%00b | ab",
        "%20 | kernel-x86_64",
        ".. | kernel-x86_64",
        "a/ | kernel-x86_64",
        "'' | kernel-x86_64",
        "%ZZ | kernel-x86_64"
      })
  void fileNamesAreCleaned(String query, String name) {
    assertThat(location(service.get(IMAGE + "kernel-x86_64?filename=" + query)))
        .endsWith("&name=" + name);
  }

  @Test
  void fileNamesAreAtMost255BytesLong() {
    String name = location(service.get(IMAGE + "kernel-amd64?filename=a" + "%C3%A9".repeat(200)));
    assertThat(name.substring(name.indexOf("&name=") + 6)).isEqualTo("a" + "\u00e9".repeat(127));
  }

  @Test
  void theObjectsOwnNameNeedsNoOther() {
    assertThat(location(service.get(IMAGE + "kernel-amd64?filename=kernel-amd64")))
        .doesNotContain("name=");
  }

  @Test
  void aTableOutOfOrderIsToldWithoutItsName() {
    service.builds.broken = true;
    assertAnswer(IMAGE + "kernel-amd64", 503, "service temporarily unavailable\n");
    assertThat(service.get(IMAGE + "kernel-amd64").header("retry-after")).contains("5");
    assertThat(service.failures).hasSize(2);
  }

  @Test
  void configurationsThatAKindIgnoresHaveThePlanInCommon() throws IOException {
    ConfigurationId other = service.post("customization: {extraKernelArgs: [a]}");
    service.get(IMAGE + "kernel-amd64");
    service.get("/image/" + other + "/v1.9.5/kernel-amd64");
    assertThat(service.orders).hasSize(2);
    assertThat(service.orders.get(0).plan()).isEqualTo(service.orders.get(1).plan());
  }

  @Test
  void buildsTellHowFarTheyAre() throws IOException {
    service.get(IMAGE + "kernel-amd64");
    String id = service.orders.getFirst().address().buildId();
    Response ready = service.get("/builds/" + id);
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.header("x-build-state")).contains("ready");
    assertThat(ready.body().text())
        .contains(
            "\"state\":\"ready\"",
            "\"size\":42",
            "\"sha512\":\"" + "cd".repeat(64) + "\"",
            "\"location\":\"" + IMAGE + "kernel-amd64\"")
        .endsWith("}\n");
    for (String unknown : List.of("0".repeat(64), "x", id.toUpperCase(java.util.Locale.ROOT))) {
      assertAnswer("/builds/" + unknown, 404, "build \"" + unknown + "\" not found\n");
    }
  }

  private void assertAnswer(String path, int status, String text) {
    Response response = service.get(path);
    assertThat(response.body().text()).isEqualTo(text);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("content-type")).isEqualTo(Optional.of(Response.TEXT));
  }

  private static String location(Response response) {
    assertThat(response.status()).isEqualTo(302);
    return response.header("location").orElseThrow();
  }
}
