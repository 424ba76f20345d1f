package imageservice.functions.web;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.TestService;
import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebFilesTest {
  private static final Pattern BLANK = Pattern.compile("\\{(\\w+)\\}");

  private final TestService service = new TestService();

  @ParameterizedTest
  @CsvSource({
    "app.js, text/javascript; charset=utf-8",
    "steps/target.js, text/javascript; charset=utf-8",
    "base.css, text/css; charset=utf-8",
    "languages/en.json, application/json",
    "icon.svg, image/svg+xml"
  })
  void servesAFileOfTheJarUntilItChanges(String name, String mediaType) {
    Response first = service.get("/web/" + name);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("content-type")).contains(mediaType);
    assertThat(first.header("cache-control")).contains("no-cache");
    assertThat(first.header("x-content-type-options")).contains("nosniff");
    Response again =
        service.send(
            "GET", "/web/" + name, Map.of("if-none-match", first.header("etag").orElseThrow()));
    assertThat(again.status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing.js",
        "index.html",
        "../web/app.js",
        "WebFiles.class",
        "a/b/c.js",
        "package-info.class"
      })
  void thereIsNothingElse(String name) {
    Response answer = service.get("/web/" + name);
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void everyLanguageHasEveryText() throws Exception {
    JsonFields english = texts("en");
    for (String language : List.of("de", "fr", "pl", "ru")) {
      JsonFields texts = texts(language);
      assertThat(texts.names()).as(language).containsExactlyInAnyOrderElementsOf(english.names());
      for (String key : english.names()) {
        assertThat(texts.text(key)).as(language + " " + key).isNotBlank();
        assertThat(blanks(texts.text(key)))
            .as(language + " " + key)
            .isEqualTo(blanks(english.text(key)));
      }
    }
  }

  @Test
  void everyTextThatAScriptNamesIsThere() throws Exception {
    JsonFields english = texts("en");
    Pattern named = Pattern.compile("\\bt\\(\\s*\"([A-Za-z.-]+[A-Za-z])\"");
    for (Path script : files(".js")) {
      Matcher matcher = named.matcher(Files.readString(script));
      while (matcher.find()) {
        assertThat(english.names()).as(script.toString()).contains(matcher.group(1));
      }
    }
  }

  @Test
  void whatAFileNamesIsThere() throws Exception {
    Pattern imported = Pattern.compile("from \"(\\./|\\.\\./)([a-z/-]+\\.js)\"");
    for (Path script : files(".js")) {
      Matcher matcher = imported.matcher(Files.readString(script));
      while (matcher.find()) {
        assertThat(folder(script).resolve(matcher.group(1) + matcher.group(2))).exists();
      }
    }
    Pattern linked = Pattern.compile("\"web/([a-z/.-]+)\"");
    for (Path page : files(".html")) {
      Matcher matcher = linked.matcher(Files.readString(page));
      while (matcher.find()) {
        assertThat(service.get("/web/" + matcher.group(1)).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void filesAreShortAndNameNoOtherHost() throws Exception {
    for (String suffix : List.of(".js", ".css", ".html")) {
      for (Path file : files(suffix)) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(300);
        assertThat(Files.readString(file).replace("https://www.talos.dev/", ""))
            .as(file.toString())
            .doesNotContainPattern("(https?:)?//[a-z]+\\.");
      }
    }
  }

  private static JsonFields texts(String language) throws Exception {
    return JsonFields.parse(WebFiles.read("languages/" + language + ".json").orElseThrow());
  }

  private static Set<String> blanks(String text) {
    Set<String> blanks = new TreeSet<>();
    Matcher matcher = BLANK.matcher(text);
    while (matcher.find()) {
      blanks.add(matcher.group(1));
    }
    return blanks;
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private static List<Path> files(String suffix) throws IOException, URISyntaxException {
    Path page = Path.of(Objects.requireNonNull(WebFiles.class.getResource("index.html")).toURI());
    try (Stream<Path> all = Files.walk(folder(page))) {
      return all.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }
}
