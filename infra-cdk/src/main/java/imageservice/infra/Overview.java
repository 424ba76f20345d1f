package imageservice.infra;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;

/// The dashboard: requests above, functions in the middle, builds and releases below.
final class Overview {
  private static final int HALF = 12;

  private Overview() {}

  /// Its name.
  static String of(
      Construct scope, HttpApi api, RequestFunctions requests, BuilderFunctions builder) {
    List<IFunction> functions =
        Stream.concat(requests.all().stream(), builder.all().stream()).toList();
    OwnMetrics own = OwnMetrics.of(scope);
    Dashboard dashboard = Dashboard.Builder.create(scope, "Dashboard").build();
    dashboard.addWidgets(
        graph(
            "Requests",
            List.of(api.metricCount(), api.metricClientError(), api.metricServerError())),
        graph("Latency", List.of(api.metricLatency(), api.metricIntegrationLatency())));
    dashboard.addWidgets(
        graph("Running at once", each(functions, f -> f.metric("ConcurrentExecutions"))),
        graph("Errors", each(functions, IFunction::metricErrors)));
    dashboard.addWidgets(
        graph("Throttles", each(functions, IFunction::metricThrottles)),
        graph("Duration", each(functions, IFunction::metricDuration)));
    dashboard.addWidgets(
        graph(
            "Builds",
            List.of(
                own.builds(),
                own.buildFailures(),
                own.sourceErrors(),
                own.setupFailures(),
                builder.lostOrders().metricApproximateNumberOfMessagesVisible())),
        graph("Time of a build", List.of(own.buildTime("p50"), own.buildTime("p99"))));
    dashboard.addWidgets(
        graph("Index", List.of(own.indexRenewals())),
        graph("Answers of 5xx", List.of(own.serverErrors())));
    return dashboard.getDashboardName();
  }

  private static List<IMetric> each(
      List<IFunction> functions, Function<IFunction, ? extends IMetric> metric) {
    return functions.stream().<IMetric>map(metric).toList();
  }

  private static GraphWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(HALF).build();
  }
}
