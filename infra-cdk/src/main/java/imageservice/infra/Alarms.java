package imageservice.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/// What wants a person, and the topic that tells one. `docs/operations.md` has what to do for each.
final class Alarms extends Construct {
  private static final Duration PERIOD = Duration.minutes(5);
  private static final MetricOptions SUM =
      MetricOptions.builder().statistic("Sum").period(PERIOD).build();

  /// Answers of 5xx in five minutes that are too many.
  private static final int SERVER_ERRORS = 5;

  /// Builds that failed in fifteen minutes that are too many: one source may stumble.
  private static final int BUILD_FAILURES = 3;

  /// Five minutes each; the index is looked after once in each.
  private static final int INDEX_PERIODS = 6;

  private final OwnMetrics own;
  private final Topic topic;

  Alarms(Construct scope, Settings settings, RequestFunctions requests, BuilderFunctions builder) {
    super(scope, "Alarms");
    this.own = OwnMetrics.of(this);
    this.topic = topic(settings);
    serverErrors(requests);
    throttles();
    ordersLost(builder);
    buildsFail();
    indexIsOld();
    builderCannotStart();
  }

  Topic topic() {
    return topic;
  }

  /// CloudWatch and Budgets may publish: a topic with a policy of its own has no other one.
  private Topic topic(Settings settings) {
    Topic made = Topic.Builder.create(this, "Topic").enforceSsl(true).build();
    for (String service : List.of("cloudwatch.amazonaws.com", "budgets.amazonaws.com")) {
      made.addToResourcePolicy(
          PolicyStatement.Builder.create()
              .principals(List.of(new ServicePrincipal(service)))
              .actions(List.of("sns:Publish"))
              .resources(List.of(made.getTopicArn()))
              .conditions(
                  Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
              .build());
    }
    settings.alarmEmail().ifPresent(to -> made.addSubscription(new EmailSubscription(to)));
    return made;
  }

  /// Those that the service answers, and those of functions that end without an answer.
  private void serverErrors(RequestFunctions requests) {
    Stream<IMetric> answers = Stream.of(own.serverErrors());
    Stream<IMetric> ends = requests.all().stream().map(function -> function.metricErrors(SUM));
    alarm(
        "ServerErrors",
        "requests are answered with 5xx",
        sum(Stream.concat(answers, ends).toList()),
        SERVER_ERRORS);
  }

  /// Functions share what an account may run at once, so one metric of the account tells all.
  private void throttles() {
    alarm("Throttles", "Lambda refuses to run functions", ofTheAccount("Throttles"), 1);
  }

  private static IMetric ofTheAccount(String metric) {
    return Metric.Builder.create()
        .namespace("AWS/Lambda")
        .metricName(metric)
        .statistic("Sum")
        .period(PERIOD)
        .build();
  }

  private void ordersLost(BuilderFunctions builder) {
    alarm(
        "OrdersLost",
        "orders that the builder did not carry out are in the queue",
        builder.lostOrders().metricApproximateNumberOfMessagesVisible(),
        1);
  }

  private void buildsFail() {
    standard(
            "BuildsFail",
            "builds fail, and not for what was asked",
            own.buildFailures().with(MetricOptions.builder().period(Duration.minutes(15)).build()),
            BUILD_FAILURES)
        .build()
        .addAlarmAction(new SnsAction(topic));
  }

  /// Silence is the alarm: a run that does not come says nothing. Silent periods are filled, as
  /// CloudWatch takes older values for missing ones, and would be late by as many periods as it
  /// looks further back.
  private void indexIsOld() {
    standard(
            "IndexIsOld",
            "the list of releases was not renewed for half an hour",
            MathExpression.Builder.create()
                .expression("FILL(m0,0)")
                .usingMetrics(Map.of("m0", own.indexRenewals()))
                .period(PERIOD)
                .build(),
            1)
        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
        .evaluationPeriods(INDEX_PERIODS)
        .datapointsToAlarm(INDEX_PERIODS)
        .treatMissingData(TreatMissingData.BREACHING)
        .build()
        .addAlarmAction(new SnsAction(topic));
  }

  private void builderCannotStart() {
    alarm(
        "BuilderCannotStart",
        "the builder or the indexer cannot be set up",
        own.setupFailures(),
        1);
  }

  private void alarm(String id, String description, IMetric metric, int threshold) {
    standard(id, description, metric, threshold).build().addAlarmAction(new SnsAction(topic));
  }

  private Alarm.Builder standard(String id, String description, IMetric metric, int threshold) {
    return Alarm.Builder.create(this, id)
        .alarmDescription(description + ": see docs/operations.md, " + id)
        .metric(metric)
        .threshold(threshold)
        .evaluationPeriods(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .treatMissingData(TreatMissingData.NOT_BREACHING);
  }

  /// Of those that have values: a metric that nobody measured yet has none, and would make a sum of
  /// terms have none either.
  private static MathExpression sum(List<IMetric> metrics) {
    Map<String, IMetric> named = new LinkedHashMap<>();
    metrics.forEach(metric -> named.put("m" + named.size(), metric));
    return MathExpression.Builder.create()
        .expression("SUM(METRICS())")
        .usingMetrics(named)
        .period(PERIOD)
        .build();
  }
}
