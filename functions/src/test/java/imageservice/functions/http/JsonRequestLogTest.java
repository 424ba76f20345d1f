package imageservice.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.ledger.EventLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonRequestLogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final RequestLog log =
      new JsonRequestLog(new PrintStream(out, true, StandardCharsets.UTF_8));
  private final Request request =
      new Request(
          "POST", "/schematics\n", "token=secret", Map.of("a", "secret"), Body.of("secret"), "id");

  @Test
  void writesALineWithoutContents() {
    log.answered(request, Response.of(201, Response.JSON, "secret"));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"event\":\"request\",\"requestId\":\"id\",\"method\":\"POST\",\"path\":\"/schematics\\n\",\"status\":201,\"bytes\":6}"
                + System.lineSeparator());
  }

  @Test
  void writesWhatFailedOnALineOfItsOwn() {
    log.failed(request, new IOException("away"));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith(
            "{\"event\":\"failure\",\"requestId\":\"id\",\"path\":\"/schematics\\n\",\"cause\":\"java.io.IOException: away\\n");
  }

  @Test
  void onAwsMeasuresAnswersOf5xxButThoseThatAreMeant() {
    RequestLog metered =
        new JsonRequestLog(
            EventLines.metered(
                new PrintStream(out, true, StandardCharsets.UTF_8), "asset", () -> Instant.EPOCH));
    metered.answered(request, Response.of(501, Response.JSON, ""));
    metered.answered(request, Response.of(503, Response.JSON, ""));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "{\"event\":\"request\",\"requestId\":\"id\",\"method\":\"POST\",\"path\":\"/schematics\\n\",\"status\":501,\"bytes\":0}",
            "{\"event\":\"request\",\"requestId\":\"id\",\"method\":\"POST\",\"path\":\"/schematics\\n\",\"status\":503,\"bytes\":0,"
                + "\"Stack\":\"asset\",\"ServerErrors\":1,\"_aws\":{\"Timestamp\":0,\"CloudWatchMetrics\":[{"
                + "\"Namespace\":\"ImageService\",\"Dimensions\":[[\"Stack\"]],"
                + "\"Metrics\":[{\"Name\":\"ServerErrors\",\"Unit\":\"Count\"}]}]}}");
  }
}
