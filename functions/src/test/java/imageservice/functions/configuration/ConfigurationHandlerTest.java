package imageservice.functions.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import imageservice.ledger.ItemTable;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationHandlerTest {
  private static final String EMPTY = "/schematics/" + TestService.EMPTY;

  private final TestService service = new TestService();

  @ParameterizedTest
  @ValueSource(strings = {"/schematics", "/configuration"})
  void postingAnswersIdAndText(String path) {
    Response response = post(path, "{}");
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.header("content-type")).contains("application/json");
    assertThat(response.header("location")).contains(EMPTY);
    assertThat(response.header("cache-control")).contains("no-store");
    assertThat(response.body().text())
        .isEqualTo(
            "{\"id\":\"376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba\",\"schematic\":\"customization: {}\\n\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/schematics/", "/configuration/"})
  void theEmptyConfigurationIsThereBeforeAnybodyPostsIt(String path) throws IOException {
    assertThat(service.get(path + TestService.EMPTY).body().text())
        .isEqualTo("customization: {}\n");
    Map<String, String> json = Map.of("accept", "application/json");
    assertThat(service.send("GET", path + TestService.EMPTY, json).body().text())
        .isEqualTo("{\"customization\":{}}\n");
    service.offering("v1.9.5").quickBuilder();
    assertThat(service.get("/image/" + TestService.EMPTY + "/v1.9.5/kernel-amd64").status())
        .isEqualTo(302);
    assertThat(service.get("/pxe/" + TestService.EMPTY + "/v1.9.5/metal-amd64").status())
        .isEqualTo(200);
  }

  @Test
  void soIsItUnderItsKeyedId() {
    IdRule rule = new IdRule.Keyed("00ff");
    TestService keyed = new TestService(rule, List.of());
    assertThat(keyed.get("/schematics/" + rule.id("customization: {}\n")).body().text())
        .isEqualTo("customization: {}\n");
    assertThat(keyed.get(EMPTY).status()).isEqualTo(404);
  }

  @Test
  void whatIsNotAsAskedWhereverItIsBuiltIsSaid() throws Exception {
    Response response = post("/schematics", "customization: {extraKernelArgs: ['a #b']}");
    JsonFields document = JsonFields.parse(response.body().text());
    assertThat(document.texts("warnings"))
        .singleElement()
        .asString()
        .contains("iPXE ends the kernel's command line before `#b`");
  }

  @Test
  void postingAgainIsTheSame() {
    Response first = post("/schematics", "{}");
    assertThat(post("/schematics", "customization:")).isEqualTo(first);
    assertThat(post("/configuration", "# nothing\n{}")).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/schematics/", "/configuration/"})
  void theStoredTextIsServedByteForByte(String path) {
    ConfigurationId id = service.post("customization: {extraKernelArgs: [a, b]}");
    Response response = service.get(path + id);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-type")).contains("application/yaml");
    assertThat(response.header("cache-control")).contains("public, max-age=31536000, immutable");
    assertThat(response.header("etag")).contains("\"" + id + "\"");
    assertThat(response.header("vary")).contains("Accept, Origin");
    assertThat(Digest.of(response.body().bytes()).hex()).isEqualTo(id.hex());
  }

  @Test
  void whoHasItIsToldSo() {
    service.post("{}");
    Map<String, String> known = Map.of("if-none-match", "\"" + TestService.EMPTY + "\"");
    assertThat(service.send("GET", EMPTY, known).status()).isEqualTo(304);
    Map<String, String> json =
        Map.of("if-none-match", "\"" + TestService.EMPTY + "\"", "accept", "application/json");
    assertThat(service.send("GET", EMPTY, json).status()).isEqualTo(200);
  }

  @Test
  void isJsonForWhoAsksForJson() {
    ConfigurationId id = service.post("customization: {extraKernelArgs: [a]}");
    Response response =
        service.send("GET", "/schematics/" + id, Map.of("accept", "application/json"));
    assertThat(response.header("content-type")).contains("application/json");
    assertThat(response.body().text())
        .isEqualTo("{\"customization\":{\"extraKernelArgs\":[\"a\"]}}\n");
    assertThat(service.post(response.body().text())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xyz",
        "376567988AD370138AD8B2698212367B8EDCB69B5FD68C80BE1F2EC7D603B4BA",
        "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void anUnknownIdIsNotFound(String id) {
    service.post("{}");
    Response response = service.get("/schematics/" + id);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body().text()).isEqualTo("schematic not found\n");
    assertThat(response.header("cache-control")).contains("public, max-age=30");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    Response beyondTheLimit = post("/schematics", "#".repeat((1 << 20) + 1));
    assertThat(beyondTheLimit.status()).isEqualTo(413);
    Response beyondTheLimitOnceWritten =
        post(
            "/schematics",
            "customization: {extraKernelArgs: [\"" + "\uD83D\uDE00".repeat(200_000) + "\"]}");
    assertThat(beyondTheLimitOnceWritten.status()).isEqualTo(413);
    assertThat(beyondTheLimitOnceWritten.body().text())
        .isEqualTo("the configuration is too long to be stored\n");
    Response beyondTheTable =
        post("/schematics", "customization: {extraKernelArgs: ['" + "a".repeat(380_000) + "']}");
    assertThat(beyondTheTable.status()).isEqualTo(413);
    assertThat(beyondTheTable.body().text())
        .isEqualTo("the configuration is too long to be stored\n");
    assertThat(service.configurations.calls).isEmpty();
  }

  /// Older services quote otherwise, so their texts may be longer than ours.
  @Test
  void whatIsTooLargeForAnOlderServicesIdIsRefusedToo() throws Exception {
    int overhead = forms(withLongArgument(1)).primary().text().length() - 1;
    String document = withLongArgument(ItemTable.LARGEST_TEXT - overhead);
    assertThat(ConfigurationStore.fits(document)).isTrue();
    CanonicalForms forms = forms(document);
    assertThat(ConfigurationStore.fits(forms.primary().text())).isTrue();
    assertThat(forms.all()).anyMatch(form -> !ConfigurationStore.fits(form.text()));
    assertThat(post("/schematics", document).status()).isEqualTo(413);
    assertThat(service.configurations.calls).isEmpty();
  }

  private static String withLongArgument(int length) {
    return "{\"customization\":{\"embeddedMachineConfiguration\":\"\\nx\","
        + "\"extraKernelArgs\":[\""
        + "a".repeat(length)
        + "\"]}}";
  }

  private static CanonicalForms forms(String document) throws InvalidConfigurationException {
    Configuration configuration = new ConfigurationDecoder(false).decode(document.getBytes(UTF_8));
    return CanonicalForms.of(configuration, new IdRule.Plain(), Dialect.PRIMARY);
  }

  @Test
  void idsOfOlderServicesAreServedWithTheirOwnTexts() throws Exception {
    String document = "customization: {extraKernelArgs: ['yes', '<<']}";
    CanonicalForms forms = forms(document);
    assertThat(forms.others()).isNotEmpty();
    assertThat(service.post(document)).isEqualTo(forms.primary().id());
    for (NamedConfiguration form : forms.all()) {
      Response response = service.get("/schematics/" + form.id());
      assertThat(response.body().text()).isEqualTo(form.text());
      assertThat(Digest.of(response.body().bytes()).hex()).isEqualTo(form.id().hex());
    }
  }

  @Test
  void keyedIdsAreNotHashesThatAnybodyCanCompute() throws IOException {
    IdRule rule = new IdRule.Keyed("00ff");
    TestService keyed = new TestService(rule, List.of());
    ConfigurationId id = keyed.post("{}");
    assertThat(id).isEqualTo(rule.id("customization: {}\n"));
    assertThat(id.hex()).isNotEqualTo(TestService.EMPTY);
    assertThat(keyed.get("/schematics/" + id).body().text()).isEqualTo("customization: {}\n");
    assertThat(keyed.get(EMPTY).status()).isEqualTo(404);
  }

  private Response post(String path, String document) {
    return service.send("POST", path, Map.of(), document);
  }
}
