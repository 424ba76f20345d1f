package imageservice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.Response;
import imageservice.json.JsonFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class OpenApiTest {
  private static final String NAME = "\\{[^}]*}";

  @Test
  void describesEveryRouteAndNoOther() throws Exception {
    Response answer = new TestService().get("/openapi.json");
    assertThat(answer.header("content-type")).contains("application/json");
    JsonFields document = JsonFields.foreign(answer.body().bytes());
    assertThat(document.text("openapi")).isEqualTo("3.1.0");
    JsonFields paths = document.object("paths");
    for (String path : paths.names()) {
      assertThat(paths.object(path).names())
          .as(path)
          .isSubsetOf("get", "post")
          .hasSameElementsAs(methods(path));
    }
    assertThat(paths.names().stream().map(OpenApiTest::nameless))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Endpoint.values())
                .map(endpoint -> nameless(endpoint.pattern().toString()))
                .distinct()
                .toList());
  }

  private static List<String> methods(String path) {
    return Arrays.stream(Endpoint.values())
        .filter(endpoint -> nameless(endpoint.pattern().toString()).equals(nameless(path)))
        .map(endpoint -> endpoint.method().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String nameless(String path) {
    return path.replaceAll(NAME, "{}");
  }
}
