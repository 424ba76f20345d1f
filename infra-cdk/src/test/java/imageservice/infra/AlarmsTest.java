package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imageservice.ledger.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
  private static final String ALARM = "AWS::CloudWatch::Alarm";

  /// Metrics of AWS that alarms may name, and the dimension of each.
  private static final Map<String, String> OF_AWS =
      Map.of(
          "AWS/Lambda Errors", "FunctionName",
          "AWS/Lambda Throttles", "",
          "AWS/SQS ApproximateNumberOfMessagesVisible", "QueueName");

  private static final Set<String> OWN =
      Arrays.stream(Metric.values())
          .filter(Metric::isOnCloudWatch)
          .map(Metric::label)
          .collect(Collectors.toSet());

  private final Synthesis stack = Synthesis.standard();

  /// What an alarm looks at.
  ///
  /// @param of the resource that the dimension names
  private record Watched(String metric, String dimension, String of) {}

  @Test
  void everyAlarmLooksAtAMetricThatThereIs() {
    assertThat(stack.resources(ALARM).flatMap(alarm -> watched(alarm.get("Properties"))))
        .isNotEmpty()
        .allSatisfy(watched -> {
          String[] metric = watched.metric().split(" ", 2);
          if (metric[0].equals(Metric.NAMESPACE)) {
            assertThat(OWN).contains(metric[1]);
            assertThat(watched.dimension()).isEqualTo(Metric.DIMENSION);
          } else {
            assertThat(OF_AWS).containsEntry(watched.metric(), watched.dimension());
          }
        });
  }

  @Test
  void everyAlarmTellsTheTopic() {
    String topic = stack.one("AWS::SNS::Topic", "Alarms").getKey();
    assertThat(stack.resources(ALARM).map(alarm -> alarm.get("Properties")))
        .hasSize(6)
        .allSatisfy(alarm ->
            assertThat(alarm.get("AlarmActions").toString())
                .isEqualTo("[{\"Ref\":\"" + topic + "\"}]"));
  }

  @Test
  void answersOf5xxAndFunctionsThatEndWithoutAnswer() {
    JsonNode alarm = alarm("ServerErrors", 5, "GreaterThanOrEqualToThreshold", "notBreaching");
    assertThat(alarm.at("/Metrics/0/Expression").asText()).isEqualTo("SUM(METRICS())");
    assertThat(watched(alarm))
        .containsExactlyInAnyOrder(
            own("ServerErrors"),
            lambda("Errors", "RequestConfiguration"),
            lambda("Errors", "RequestAsset"),
            lambda("Errors", "RequestRegistry"),
            lambda("Errors", "RequestRelease"));
  }

  @Test
  void throttlesOfTheAccountWhichAllFunctionsShare() {
    JsonNode alarm = alarm("Throttles", 1, "GreaterThanOrEqualToThreshold", "notBreaching");
    assertThat(watched(alarm)).containsExactly(new Watched("AWS/Lambda Throttles", "", ""));
  }

  @Test
  void oneLostOrder() {
    JsonNode alarm = alarm("OrdersLost", 1, "GreaterThanOrEqualToThreshold", "notBreaching");
    assertThat(watched(alarm))
        .containsExactly(
            new Watched(
                "AWS/SQS ApproximateNumberOfMessagesVisible", "QueueName", "BuilderLostOrders"));
  }

  @Test
  void threeBuildsThatFailInAQuarterOfAnHour() {
    JsonNode alarm = alarm("BuildsFail", 3, "GreaterThanOrEqualToThreshold", "notBreaching");
    assertThat(alarm.get("Period").asInt()).isEqualTo(900);
    assertThat(watched(alarm)).containsExactly(own("BuildFailures"));
  }

  @Test
  void anIndexThatWasNotRenewedForHalfAnHour() {
    JsonNode alarm = alarm("IndexIsOld", 1, "LessThanThreshold", "breaching");
    assertThat(alarm.at("/Metrics/0/Expression").asText()).isEqualTo("FILL(m0,0)");
    assertThat(alarm.at("/Metrics/1/MetricStat/Period").asInt()).isEqualTo(5 * 60);
    assertThat(alarm.get("EvaluationPeriods").asInt()).isEqualTo(6);
    assertThat(alarm.get("DatapointsToAlarm")).isEqualTo(alarm.get("EvaluationPeriods"));
    assertThat(watched(alarm)).containsExactly(own("IndexRenewals"));
  }

  @Test
  void aBuilderOrIndexerThatCannotStart() {
    JsonNode alarm =
        alarm("BuilderCannotStart", 1, "GreaterThanOrEqualToThreshold", "notBreaching");
    assertThat(watched(alarm)).containsExactly(own("SetupFailures"));
  }

  /// An account pays for each metric that an alarm looks at, after the tenth.
  @Test
  void alarmsLookAtNoMoreMetricsThanAreFree() {
    assertThat(stack.resources(ALARM).flatMap(alarm -> watched(alarm.get("Properties"))))
        .hasSizeLessThanOrEqualTo(10);
  }

  /// Each metric of an alarm is paid for.
  @Test
  void whatAlarmsCostIsOnThePageAboutCosts() throws IOException {
    long metrics = stack.resources(ALARM).flatMap(a -> watched(a.get("Properties"))).count();
    assertThat(Files.readString(Path.of("../docs/cost.md")))
        .contains(" of %d metrics (10 are free) ".formatted(metrics));
  }

  @Test
  void everyAlarmIsInTheRunbook() throws IOException {
    Set<String> alarms =
        stack
            .json()
            .get("Resources")
            .propertyStream()
            .filter(r -> r.getValue().get("Type").asText().equals(ALARM))
            .map(r -> r.getKey().replaceFirst("^Alarms", "").replaceFirst("[0-9A-F]{8}$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> told =
        Pattern.compile("(?m)^## (\\w+)$")
            .matcher(Files.readString(Path.of("../docs/operations.md")))
            .results()
            .map(heading -> heading.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(told).containsAll(alarms);
  }

  @Test
  void alarmsAndBudgetsOfThisAccountAloneMayTellTheTopic() {
    JsonNode statements =
        stack.properties("AWS::SNS::TopicPolicy", "Alarms").at("/PolicyDocument/Statement");
    assertThat(statements.valueStream().filter(s -> s.get("Effect").asText().equals("Allow")))
        .hasSize(2)
        .allMatch(s -> s.get("Action").asText().equals("sns:Publish"))
        .allMatch(s ->
            s.get("Condition")
                .toString()
                .equals("{\"StringEquals\":{\"aws:SourceAccount\":{\"Ref\":\"AWS::AccountId\"}}}"))
        .extracting(s -> s.at("/Principal/Service").asText())
        .containsExactly("cloudwatch.amazonaws.com", "budgets.amazonaws.com");
  }

  @Test
  void whoeverIsNamedIsTold() {
    assertThat(stack.resources("AWS::SNS::Subscription")).isEmpty();
    JsonNode subscription = Synthesis.everything().properties("AWS::SNS::Subscription", "Alarms");
    assertThat(subscription.get("Protocol").asText()).isEqualTo("email");
    assertThat(subscription.get("Endpoint").asText()).isEqualTo("operator@factory.example");
  }

  @Test
  void aBudgetTellsBeforeItIsSpent() {
    assertThat(stack.resources("AWS::Budgets::Budget")).isEmpty();
    JsonNode budget = Synthesis.everything().properties("AWS::Budgets::Budget", "Budget");
    assertThat(budget.at("/Budget/BudgetLimit").toString())
        .isEqualTo("{\"Amount\":50,\"Unit\":\"USD\"}");
    assertThat(budget.get("NotificationsWithSubscribers").valueStream())
        .extracting(n -> n.at("/Notification/NotificationType").asText())
        .containsExactly("ACTUAL", "FORECASTED");
  }

  /// The dashboard shows every metric of the service's own.
  @Test
  void theDashboardShowsWhatIsMeasured() throws IOException {
    JsonNode body = stack.properties("AWS::CloudWatch::Dashboard", "Dashboard");
    String text =
        body.at("/DashboardBody/Fn::Join/1")
            .valueStream()
            .map(part -> part.isTextual() ? part.asText() : "X")
            .collect(Collectors.joining());
    Set<String> shown = new TreeSet<>();
    for (JsonNode widget : new ObjectMapper().readTree(text).get("widgets")) {
      for (JsonNode metric : widget.at("/properties/metrics")) {
        if (metric.get(0).asText().equals(Metric.NAMESPACE)) {
          shown.add(metric.get(1).asText());
        }
      }
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(OWN);
  }

  private JsonNode alarm(String id, int threshold, String comparison, String missing) {
    JsonNode alarm = stack.properties(ALARM, "Alarms" + id);
    assertThat(alarm.get("Threshold").asInt()).isEqualTo(threshold);
    assertThat(alarm.get("ComparisonOperator").asText()).isEqualTo(comparison);
    assertThat(alarm.get("TreatMissingData").asText()).isEqualTo(missing);
    assertThat(alarm.get("AlarmDescription").asText()).endsWith(": see docs/operations.md, " + id);
    return alarm;
  }

  private static Watched own(String metric) {
    return new Watched(Metric.NAMESPACE + " " + metric, Metric.DIMENSION, ImageServiceStack.NAME);
  }

  private static Watched lambda(String metric, String function) {
    return new Watched("AWS/Lambda " + metric, "FunctionName", function);
  }

  private static Stream<Watched> watched(JsonNode alarm) {
    return alarm.has("Metrics")
        ? alarm
            .get("Metrics")
            .valueStream()
            .filter(metric -> metric.has("MetricStat"))
            .map(metric -> one(metric.at("/MetricStat/Metric")))
        : Stream.of(one(alarm));
  }

  private static Watched one(JsonNode metric) {
    String name = metric.get("Namespace").asText() + " " + metric.get("MetricName").asText();
    List<JsonNode> dimensions = metric.path("Dimensions").valueStream().toList();
    if (dimensions.isEmpty()) {
      return new Watched(name, "", "");
    }
    assertThat(dimensions).hasSize(1);
    JsonNode value = dimensions.getFirst().get("Value");
    if (value.isTextual()) {
      return new Watched(name, dimensions.getFirst().get("Name").asText(), value.asText());
    }
    String id = value.has("Ref") ? value.get("Ref").asText() : value.at("/Fn::GetAtt/0").asText();
    return new Watched(
        name, dimensions.getFirst().get("Name").asText(), id.replaceFirst("[0-9A-F]{8}$", ""));
  }
}
