package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/metrics` of a laptop's service, as the Python client of Prometheus reads it.
final class MetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// All samples, a JSON array each: name, labels, value.
  private static final String READ =
      """
      import json, sys
      from prometheus_client.parser import text_string_to_metric_families as families
      for family in families(open(sys.argv[1]).read()):
          for sample in family.samples:
              print(json.dumps([sample.name, sample.labels, sample.value]))
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void whatHappenedIsCounted() throws Exception {
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.serve(0);
        Client client = new Client(process.url())) {
      String id = client.configure("{}");
      String path = "/image/" + id + "/v1.13.2/";
      assertThat(client.download(path + "metal-amd64.iso").status()).isEqualTo(200);
      assertThat(client.get(path + "no-such-thing").status()).isEqualTo(400);
      List<JsonNode> samples = samples(client);
      assertThat(value(samples, "builds_total", "kind", "ISO")).isEqualTo(1);
      assertThat(value(samples, "build_time_seconds_count", "kind", "ISO")).isEqualTo(1);
      for (String stage : List.of("fetching", "assembling", "storing")) {
        assertThat(value(samples, "stage_time_seconds_count", "stage", stage)).isEqualTo(1);
      }
      assertThat(value(samples, "requests_total", "status", "400")).isEqualTo(1);
      assertThat(value(samples, "requests_total", "route", "/configuration")).isEqualTo(1);
      assertThat(value(samples, "cache_misses_total")).isPositive();
      assertThat(value(samples, "cache_bytes")).isPositive();
      assertThat(value(samples, "builds_running")).isZero();
      assertThat(value(samples, "builds_waiting")).isZero();
      assertThat(value(samples, "connections")).isPositive();
      assertThat(client.head("/metrics").status()).isEqualTo(200);
      assertThat(client.send("POST", "/metrics", new byte[0]).status()).isEqualTo(405);
    }
  }

  private List<JsonNode> samples(Client client) throws Exception {
    Path text = Files.write(folder.resolve("metrics"), client.get("/metrics").body());
    Command.Result read =
        Command.run(folder, List.of("judges-python", "-c", READ, text.toString()));
    assertThat(read.status()).as(read.output()).isZero();
    List<JsonNode> samples = new ArrayList<>();
    for (String line : read.output().lines().toList()) {
      samples.add(JSON.readTree(line));
    }
    return samples;
  }

  /// @param label name and value of a label, or nothing
  private static double value(List<JsonNode> samples, String name, String... label) {
    return samples.stream()
        .filter(sample -> sample.get(0).asText().equals("image_service_" + name))
        .filter(
            sample -> label.length == 0 || sample.get(1).path(label[0]).asText().equals(label[1]))
        .mapToDouble(sample -> sample.get(2).asDouble())
        .sum();
  }
}
