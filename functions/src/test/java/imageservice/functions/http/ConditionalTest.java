package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionalTest {
  private static final String TAG =
      "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"";
  private static final Response RESPONSE =
      Conditional.tagged(
          Response.of(200, Response.TEXT, "abc")
              .with("cache-control", "no-cache")
              .with("content-length", "3"));

  @Test
  void theTagIsTheHashOfTheBody() {
    assertThat(RESPONSE.header("etag")).contains(TAG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void whoHasItIsToldSo(String method) {
    Response answer = (Response) Conditional.answer(request(method, TAG), RESPONSE);
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEqualTo(Body.EMPTY);
    assertThat(answer.header("etag")).contains(TAG);
    assertThat(answer.header("cache-control")).contains("no-cache");
    assertThat(answer.header("content-length")).isEmpty();
  }

  @Test
  void whoHasAnotherGetsIt() {
    assertThat(Conditional.answer(request("GET", "\"x\""), RESPONSE)).isEqualTo(RESPONSE);
  }

  @ParameterizedTest
  @CsvSource({"POST, 200", "GET, 302", "GET, 404", "GET, 206"})
  void onlyAWholeAnswerToAReaderIsConditional(String method, int status) {
    Response other = new Response(status, RESPONSE.headers(), RESPONSE.body());
    assertThat(Conditional.answer(request(method, TAG), other)).isEqualTo(other);
  }

  @Test
  void whoWantsAnotherStateIsToldWhatThereIs() {
    Request request = new Request("GET", "/", "", Map.of("if-match", "\"x\""), Body.EMPTY, "id");
    assertThat(Conditional.answer(request, RESPONSE))
        .isEqualTo(
            Problem.of(412, "not the state that the request asks for: its entity tag is " + TAG));
    assertThat(
            Conditional.answer(
                request, RESPONSE.with("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT")))
        .isEqualTo(
            Problem.of(
                412,
                "not the state that the request asks for: its entity tag is "
                    + TAG
                    + ", it was last modified Sun, 06 Nov 1994 08:49:37 GMT"));
  }

  private static Request request(String method, String known) {
    return new Request(method, "/", "", Map.of("if-none-match", known), Body.EMPTY, "id");
  }
}
