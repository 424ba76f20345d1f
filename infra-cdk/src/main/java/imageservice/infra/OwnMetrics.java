package imageservice.infra;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/// Metrics that the functions log. Names and namespace are those of the service's `Metric`, with
/// the stack's name as the one dimension, so that two stacks of an account stay apart.
///
/// @param stack its name
record OwnMetrics(String stack) {
  private static final String NAMESPACE = "ImageService";
  private static final String DIMENSION = "Stack";

  static OwnMetrics of(Construct scope) {
    return new OwnMetrics(Stack.of(scope).getStackName());
  }

  Metric builds() {
    return sum("Builds");
  }

  Metric buildFailures() {
    return sum("BuildFailures");
  }

  Metric sourceErrors() {
    return sum("SourceErrors");
  }

  Metric buildTime(String statistic) {
    return metric("BuildTime", statistic);
  }

  Metric indexRenewals() {
    return sum("IndexRenewals");
  }

  Metric setupFailures() {
    return sum("SetupFailures");
  }

  Metric serverErrors() {
    return sum("ServerErrors");
  }

  private Metric sum(String name) {
    return metric(name, "Sum");
  }

  private Metric metric(String name, String statistic) {
    return Metric.Builder.create()
        .namespace(NAMESPACE)
        .metricName(name)
        .dimensionsMap(Map.of(DIMENSION, stack))
        .statistic(statistic)
        .period(Duration.minutes(5))
        .build();
  }
}
