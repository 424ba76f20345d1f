package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionalTest {
  private static final Response RESPONSE =
      Response.of(200, Response.TEXT, "abc").with("cache-control", "no-cache");
  private static final String TAG =
      "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"";

  @Test
  void theTagIsTheHashOfTheBody() {
    Response response = Conditional.answer(request(""), RESPONSE);
    assertThat(response).isEqualTo(RESPONSE.with("etag", TAG));
  }

  @ParameterizedTest
  @ValueSource(strings = {TAG, "W/" + TAG, "\"x\", " + TAG, "*", " * "})
  void whoHasItIsToldSo(String known) {
    Response response = Conditional.answer(request(known), RESPONSE);
    assertThat(response.status()).isEqualTo(304);
    assertThat(response.body()).isEqualTo(Body.EMPTY);
    assertThat(response.header("etag")).contains(TAG);
    assertThat(response.header("cache-control")).contains("no-cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "", "ba7816bf", "w/" + TAG})
  void whoHasAnotherGetsIt(String known) {
    assertThat(Conditional.answer(request(known), RESPONSE).status()).isEqualTo(200);
  }

  private static Request request(String known) {
    Map<String, String> headers = known.isEmpty() ? Map.of() : Map.of("if-none-match", known);
    return new Request("GET", "/", "", headers, Body.EMPTY, "id");
  }
}
