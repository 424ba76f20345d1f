package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayEventTest {
  private static final long SEED = 2_019;
  private static final String CONTEXT =
      "\"requestContext\":{\"requestId\":\"gateway-id\",\"http\":{\"method\":\"post\",\"path\":\"/x\"}}";

  /// The shape of API Gateway's payload format 2.0.
  private static final String EVENT =
      """
      {"version":"2.0","routeKey":"$default","rawPath":"/schematics","rawQueryString":"a=b&c",
       "cookies":["x"],"headers":{"Content-Type":"application/yaml","x-request-id":"my-id","accept":"a,b"},
       %s,"body":"e30\\u003d","isBase64Encoded":true}
      """
          .formatted(CONTEXT);

  @Test
  void isReadWhole() throws MalformedJsonException {
    Request request = GatewayEvent.request(EVENT);
    assertThat(request)
        .isEqualTo(
            new Request(
                "POST",
                "/schematics",
                "a=b&c",
                Map.of(
                    "content-type", "application/yaml", "x-request-id", "my-id", "accept", "a,b"),
                Body.of("{}"),
                "my-id"));
    assertThat(request.header("Content-TYPE")).contains("application/yaml");
  }

  @Test
  void whatIsMissingIsEmpty() throws MalformedJsonException {
    Request request = GatewayEvent.request("{\"rawPath\":\"/\"," + CONTEXT + "}");
    assertThat(request).isEqualTo(new Request("POST", "/", "", Map.of(), Body.EMPTY, "gateway-id"));
  }

  @Test
  void bodiesOfTextAreText() throws MalformedJsonException {
    Request request =
        GatewayEvent.request(
            "{\"rawPath\":\"/\",\"body\":\"\u00e9\",\"isBase64Encoded\":false," + CONTEXT + "}");
    assertThat(request.body().text()).isEqualTo("\u00e9");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a-b_c.1:/+=, a-b_c.1:/+=",
        "`a b`, gateway-id",
        "a\\u000ab, gateway-id",
        "\\u00e9, gateway-id",
        "``, gateway-id"
      })
  void idsThatCannotBeRepeatedAreReplaced(String sent, String id) throws MalformedJsonException {
    String headers = "\"headers\":{\"X-Request-ID\":\"" + sent + "\"},";
    assertThat(GatewayEvent.request("{\"rawPath\":\"/\"," + headers + CONTEXT + "}").id())
        .isEqualTo(id);
  }

  @Test
  void idsAreAtMost128Long() throws MalformedJsonException {
    for (int length : new int[] {128, 129}) {
      String headers = "\"headers\":{\"x-request-id\":\"" + "a".repeat(length) + "\"},";
      assertThat(GatewayEvent.request("{\"rawPath\":\"/\"," + headers + CONTEXT + "}").id())
          .isEqualTo(length == 128 ? "a".repeat(128) : "gateway-id");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | not a JSON object",
        "{} | requestContext: missing",
        "{\"requestContext\":{}} | requestContext.http: missing",
        "{\"requestContext\":{\"http\":{}}} | requestContext.http.method: missing",
        "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}} | rawPath: missing",
        "{\"requestContext\":{\"http\":{\"method\":\"GET\"}},\"rawPath\":\"/\",\"headers\":{\"a\":1}} | headers.a: not a text",
        "{\"requestContext\":{\"http\":{\"method\":\"GET\"}},\"rawPath\":\"/\",\"body\":\"!\",\"isBase64Encoded\":true} | body: not base64"
      })
  void whatIsNoEventIsMalformed(String event, String message) {
    assertThatThrownBy(() -> GatewayEvent.request(event))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(message);
  }

  @Test
  void answersAreTextWhereTheyCanBe() throws MalformedJsonException {
    String event =
        GatewayEvent.response(
            Response.of(201, Response.JSON, "{\"a\":\"\u00e9\"}").with("location", "/x"));
    assertThat(event)
        .isEqualTo(
            "{\"statusCode\":201,\"headers\":{\"content-type\":\"application/json\",\"location\":\"/x\"},\"body\":\"{\\\"a\\\":\\\"\u00e9\\\"}\",\"isBase64Encoded\":false}");
  }

  @Test
  void otherBytesAreBase64() throws MalformedJsonException {
    byte[] bytes = {(byte) 0xFF, 0, 1};
    String event = GatewayEvent.response(new Response(200, Map.of(), Body.of(bytes)));
    JsonFields fields = JsonFields.parse(event);
    assertThat(fields.text("body")).isEqualTo("/wAB");
    assertThat(fields.flag("isBase64Encoded")).isTrue();
  }

  @Test
  void onlyMalformedJsonEscapes() {
    Random random = new Random(SEED);
    int understood = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder event = new StringBuilder(EVENT);
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(event.length());
        switch (random.nextInt(3)) {
          case 0 -> event.deleteCharAt(at);
          case 1 -> event.setCharAt(at, "{}[]\":,0\\n\u0000\ud800".charAt(random.nextInt(12)));
          default -> event.insert(at, event.substring(at, Math.min(at + 30, event.length())));
        }
      }
      try {
        GatewayEvent.request(event.toString()).parameters();
        understood++;
      } catch (MalformedJsonException e) {
        assertThat(e.getMessage()).as("seed %d, round %d", SEED, round).isNotEmpty();
      }
    }
    assertThat(understood).as("seed %d", SEED).isBetween(1_000, 19_000);
  }

  @Test
  void aFunctionAnswersWhatIsNoEvent() throws IOException, MalformedJsonException {
    GatewayFunction function =
        new GatewayFunction(request -> Response.of(200, Response.TEXT, request.path())) {};
    assertThat(answer(function, EVENT).text("body")).isEqualTo("/schematics");
    JsonFields refused = answer(function, "[]");
    assertThat(refused.number("statusCode")).isEqualTo(400);
    assertThat(refused.text("body")).isEqualTo("not an event of an HTTP API: not a JSON object\n");
  }

  private static JsonFields answer(GatewayFunction function, String event)
      throws IOException, MalformedJsonException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    return JsonFields.parse(out.toString(StandardCharsets.UTF_8));
  }
}
