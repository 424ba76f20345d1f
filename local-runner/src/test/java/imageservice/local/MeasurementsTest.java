package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.Body;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.ledger.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeasurementsTest {
  private final Measurements measurements = new Measurements();

  private String text() throws IOException {
    Response response = (Response) measurements.answer(request("GET"));
    assertThat(response.header("content-type").orElseThrow()).startsWith("text/plain; version=");
    return new String(response.body().bytes(), StandardCharsets.UTF_8);
  }

  private static Request request(String method) {
    return new Request(method, Measurements.PATH, "", Map.of(), Body.EMPTY, "id");
  }

  @Test
  void everyMetricHasItsNameAndAspects() throws IOException {
    Map<String, String> aspects =
        Map.of("kind", "ISO", "stage", "storing", "cause", "source", "route", "/", "status", "200");
    for (Metric metric : Metric.values()) {
      measurements.measure(metric, 250, aspects);
    }
    assertThat(text())
        .contains("image_service_builds_total{kind=\"ISO\"} 250.0\n")
        .contains("image_service_build_time_seconds_sum{kind=\"ISO\"} 0.25\n")
        .contains("image_service_stage_time_seconds_bucket{stage=\"storing\",le=\"0.1\"} 0\n")
        .contains("image_service_stage_time_seconds_bucket{stage=\"storing\",le=\"0.25\"} 1\n")
        .contains("image_service_build_failures_total{cause=\"source\"} 250.0\n")
        .contains("image_service_source_errors_total 250.0\n")
        .contains("image_service_index_renewals_total 250.0\n")
        .contains("image_service_server_errors_total 250.0\n");
  }

  /// Paths hold ids and whatever clients send: each would be a series of its own.
  @Test
  void requestsAreCountedByRoute() throws IOException {
    measurements.answered("/image/a/v1.9.5/kernel-amd64", 302, 3);
    measurements.answered("/image/b/v1.9.5/kernel-amd64", 302, 3);
    measurements.answered(ObjectLinks.PATH + "g1/x", 206, 3);
    measurements.answered("/wp-login.php", 404, 3);
    measurements.answered("/other\n{}\"", 404, 3);
    assertThat(text())
        .contains(
            "image_service_requests_total{route=\"/image/{id}/{version}/{path}\",status=\"302\"} 2.0\n")
        .contains(
            "image_service_requests_total{route=\"" + ObjectLinks.PATH + "\",status=\"206\"} 1.0\n")
        .contains("image_service_requests_total{route=\"other\",status=\"404\"} 2.0\n");
  }

  @Test
  void valuesOfTheMomentAreAskedFor() throws IOException {
    int[] value = {1};
    measurements.gauge("builds_waiting", "x", () -> value[0]);
    measurements.counter("cache_hits", "x", () -> 7);
    assertThat(text()).contains("image_service_builds_waiting 1.0\n", "cache_hits_total 7.0\n");
    value[0] = 2;
    assertThat(text()).contains("image_service_builds_waiting 2.0\n");
  }

  @Test
  void isForReadingAlone() throws IOException {
    assertThat(measurements.answer(request("POST"))).isInstanceOf(Problem.class);
    assertThat(measurements.answer(request("HEAD"))).isInstanceOf(Response.class);
  }
}
