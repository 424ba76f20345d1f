package imageservice.infra;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.lambda.IFunction;

/// Metrics that the functions log. Names and namespace are those of the service's `Metric`, with
/// the function's name as the one dimension, so that two stacks of an account stay apart.
final class OwnMetrics {
  private static final String NAMESPACE = "ImageService";
  private static final String DIMENSION = "Function";

  private OwnMetrics() {}

  static Metric builds(IFunction function) {
    return sum(function, "Builds");
  }

  static Metric buildFailures(IFunction function) {
    return sum(function, "BuildFailures");
  }

  static Metric buildTime(IFunction function, String statistic) {
    return metric(function, "BuildTime", statistic);
  }

  static Metric indexRenewals(IFunction function) {
    return sum(function, "IndexRenewals");
  }

  static Metric setupFailures(IFunction function) {
    return sum(function, "SetupFailures");
  }

  static Metric serverErrors(IFunction function) {
    return sum(function, "ServerErrors");
  }

  private static Metric sum(IFunction function, String name) {
    return metric(function, name, "Sum");
  }

  private static Metric metric(IFunction function, String name, String statistic) {
    return Metric.Builder.create()
        .namespace(NAMESPACE)
        .metricName(name)
        .dimensionsMap(Map.of(DIMENSION, function.getFunctionName()))
        .statistic(statistic)
        .period(Duration.minutes(5))
        .build();
  }
}
