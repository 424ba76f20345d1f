package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What was measured once.
///
/// @param at in milliseconds since 1970
record DataPoint(Series series, long at, double value) {
  /// What is measured, and of what.
  ///
  /// @param dimension the name of the one dimension; empty for what an account measures as a whole
  /// @param of its value
  record Series(String namespace, String metric, String dimension, String of) {
    /// Whether what this measures counts for the other one.
    boolean isOf(Series other) {
      return equals(other)
          || (other.dimension.isEmpty()
              && namespace.equals(other.namespace)
              && metric.equals(other.metric));
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EMULATOR = "Metric ";

  DataPoint older(long milliseconds) {
    return new DataPoint(series, at - milliseconds, value);
  }

  /// Those that functions log, as CloudWatch reads them: "Specification: Embedded metric format" of
  /// its user guide.
  static List<DataPoint> logged(String log) throws IOException {
    List<DataPoint> points = new ArrayList<>();
    for (String line : log.lines().filter(text -> text.contains("\"_aws\"")).toList()) {
      JsonNode event = JSON.readTree(line);
      for (JsonNode directive : event.at("/_aws/CloudWatchMetrics")) {
        String dimension = only(only(directive.path("Dimensions"))).asText();
        for (JsonNode metric : directive.path("Metrics")) {
          String name = metric.path("Name").asText();
          Series series =
              new Series(
                  directive.path("Namespace").asText(),
                  name,
                  dimension,
                  event.path(dimension).asText());
          long at = event.at("/_aws/Timestamp").asLong();
          points.add(new DataPoint(series, at, event.path(name).asDouble()));
        }
      }
    }
    return points;
  }

  private static JsonNode only(JsonNode list) throws IOException {
    if (list.size() != 1) {
      throw new IOException("not one: " + list);
    }
    return list.path(0);
  }

  /// Those of AWS's own that the emulator tells in its log.
  static List<DataPoint> emulated(String log) {
    return log.lines().filter(line -> line.startsWith(EMULATOR)).map(DataPoint::told).toList();
  }

  private static DataPoint told(String line) {
    String[] words = line.substring(EMULATOR.length()).split(" ", -1);
    Series series = new Series(words[0], words[1], words[2], words[3]);
    return new DataPoint(series, Long.parseLong(words[4]), Double.parseDouble(words[5]));
  }

  /// How many messages a queue has now.
  static DataPoint visible(String queueUrl, int messages) {
    return new DataPoint(
        new Series(
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            "QueueName",
            queueUrl.substring(queueUrl.lastIndexOf('/') + 1)),
        System.currentTimeMillis(),
        messages);
  }
}
