package imageservice.functions.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import imageservice.ledger.ItemTable;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | EOF",
        "# only | EOF",
        "something: | yaml: construct errors: line 1: field something not found in type schematic.Schematic",
        "owner: me | owner field is only supported in Enterprise edition"
      })
  void whatIsNoConfigurationIsRefusedInALine(String document, String line) {
    Response response = post("/schematics", document);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).isEqualTo(line + "\n");
    assertThat(service.configurations.calls).isEmpty();
  }

  @Test
  void whatIsTooLargeIsRefused() {
    Response beyondTheLimit = post("/schematics", "#".repeat((1 << 20) + 1));
    assertThat(beyondTheLimit.status()).isEqualTo(413);
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
    return "{\"customization\":{\"extraKernelArgs\":[\"\\nx\",\"" + "a".repeat(length) + "\"]}}";
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
    for (CanonicalForms.Form form : forms.all()) {
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

  @Test
  void aTextThatCannotBeReadBackKeepsItsDocument() throws Exception {
    String document = "customization: {extraKernelArgs: [\"\\nx\"]}";
    Configuration configuration = new ConfigurationDecoder(false).decode(document.getBytes(UTF_8));
    service.post(document);
    ConfigurationStore store = new ConfigurationStore(service.configurations);
    CanonicalForms forms = CanonicalForms.of(configuration, new IdRule.Plain(), Dialect.PRIMARY);
    assertThat(service.configurations.calls).anyMatch(call -> call.startsWith("create document#"));
    for (CanonicalForms.Form form : forms.all()) {
      assertThat(store.find(form.id())).contains(form.text());
      assertThat(store.read(form.id()))
          .contains(new NamedConfiguration(form.id(), form.text(), configuration));
    }
  }

  @Test
  void aStoredTextThatMeansNothingIsNamed() throws IOException {
    ConfigurationStore store = new ConfigurationStore(service.configurations);
    ConfigurationId id = new ConfigurationId("0".repeat(64));
    service.configurations.create("configuration#" + id, "- x");
    assertThatThrownBy(() -> store.read(id))
        .isInstanceOf(IOException.class)
        .hasMessage("configuration " + id + " cannot be read back");
  }

  private Response post(String path, String document) {
    return service.send("POST", path, Map.of(), document);
  }
}
