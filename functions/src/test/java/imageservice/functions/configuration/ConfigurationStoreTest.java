package imageservice.functions.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.IdRule;
import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ConfigurationStoreTest {
  private static final List<String> CHARACTERS = List.of("a", " ", "\n", "#");
  private static final Map<String, String> JSON = Map.of("accept", "application/json");

  private final TestService service = new TestService();
  private final ConfigurationStore store =
      new ConfigurationStore(service.configurations, new IdRule.Plain());

  /// Configurations that share an id may be posted by anybody in any order.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"customization\":{\"embeddedMachineConfiguration\":%s}}",
        "{\"customization\":{\"meta\":[{\"key\":10,\"value\":%s}]}}",
        "{\"overlay\":{\"options\":{\"k\":%s}}}"
      })
  void whatAnIdReadsAsDoesNotDependOnTheOrderOfPosts(String pattern) throws IOException {
    List<String> documents = documents(pattern);
    Map<String, String> forward = postAll(documents);
    Collections.reverse(documents);
    Map<String, String> backward = postAll(documents);
    assertThat(forward).isEqualTo(backward).hasSizeGreaterThan(documents.size() / 2);
  }

  private static List<String> documents(String pattern) {
    List<String> documents = new ArrayList<>();
    List<String> texts = List.of("");
    for (int length = 0; length < 4; length++) {
      texts = texts.stream().flatMap(t -> CHARACTERS.stream().map(c -> t + c)).toList();
      texts.forEach(text -> documents.add(pattern.formatted(quoted(text))));
    }
    return documents;
  }

  private static String quoted(String text) {
    String object = JsonText.object().put("x", text).toString();
    return object.substring("{\"x\":".length(), object.length() - 1);
  }

  /// What each id reads as, right after it is posted and after all others are: the same.
  private static Map<String, String> postAll(List<String> documents) throws IOException {
    TestService fresh = new TestService();
    Map<String, String> read = new HashMap<>();
    for (String document : documents) {
      Response posted = fresh.send("POST", "/schematics", Map.of(), document);
      posted.header("location").ifPresent(id -> read.putIfAbsent(id, json(fresh, id)));
    }
    read.forEach((id, text) -> assertThat(json(fresh, id)).isEqualTo(text));
    return read;
  }

  private static String json(TestService fresh, String path) {
    Response found = fresh.send("GET", path, JSON);
    assertThat(found.status()).isEqualTo(200);
    return found.body().text();
  }

  @Test
  void aStrangersPostDoesNotChangeWhatAStoredIdReadsAs() {
    String document = " machine:\n   type: worker\n";
    ConfigurationId id = service.post(embedded(document));
    String before = json(service, "/schematics/" + id);
    service.post(embedded("\n" + document));
    assertThat(json(service, "/schematics/" + id)).isEqualTo(before);
  }

  private static String embedded(String text) {
    return "{\"customization\":{\"embeddedMachineConfiguration\":" + quoted(text) + "}}";
  }

  /// The version before kept documents beside texts that do not read back.
  @Test
  void aKeptDocumentIsReadWhereTheTextCannotBe() throws Exception {
    String document = "{\"customization\":{\"extraKernelArgs\":[\" a\\n\"]}}";
    ConfigurationId id = new ConfigurationId("1".repeat(64));
    service.configurations.create(
        "configuration#" + id,
        "customization:\n    extraKernelArgs:\n        - |4\n           a\n");
    service.configurations.create("document#" + id, document);
    Configuration posted = new ConfigurationDecoder(false).decode(document.getBytes(UTF_8));
    assertThat(store.read(id).orElseThrow().configuration()).isEqualTo(posted);
  }

  @Test
  void aKeptDocumentIsNotReadWhereTheTextCanBe() throws Exception {
    ConfigurationId id = service.post("customization: {extraKernelArgs: [mine]}");
    service.configurations.create("document#" + id, "customization: {extraKernelArgs: [theirs]}");
    assertThat(store.read(id).orElseThrow().configuration().customization().extraKernelArgs())
        .containsExactly("mine");
  }

  @Test
  void aStoredTextThatMeansNothingIsNamed() throws IOException {
    ConfigurationId id = new ConfigurationId("0".repeat(64));
    service.configurations.create("configuration#" + id, "- x");
    assertThatThrownBy(() -> store.read(id))
        .isInstanceOf(IOException.class)
        .hasMessage("configuration " + id + " cannot be read back");
  }
}
