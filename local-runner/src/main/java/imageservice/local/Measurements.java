package imageservice.local;

import imageservice.functions.Endpoint;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import imageservice.ledger.Meter;
import imageservice.ledger.Metric;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/// What the service measured since it started, for Prometheus. Names are those of {@link Metric} in
/// Prometheus's form: `BuildTime` is `image_service_build_time_seconds`.
final class Measurements implements Meter {
  static final String PATH = "/metrics";

  private static final String PREFIX = "image_service_";
  private static final double MILLISECONDS = 1_000;

  /// Seconds: from an answer out of a table to a disk image that is fetched from far away.
  private static final double[] BOUNDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Map<Metric, Counter> counters = new EnumMap<>(Metric.class);
  private final Map<Metric, Histogram> times = new EnumMap<>(Metric.class);

  /// Without exemplars, for which each call would look for somebody who traces requests.
  Measurements() {
    for (Metric metric : Metric.values()) {
      String name =
          PREFIX + metric.label().replaceAll("(?<=.)[A-Z]", "_$0").toLowerCase(Locale.ROOT);
      String[] aspects = metric.aspects().toArray(String[]::new);
      switch (metric.unit()) {
        case COUNT ->
            counters.put(
                metric,
                Counter.builder()
                    .name(name)
                    .help(help(metric))
                    .labelNames(aspects)
                    .withoutExemplars()
                    .register(registry));
        case MILLISECONDS ->
            times.put(
                metric,
                Histogram.builder()
                    .name(name)
                    .unit(Unit.SECONDS)
                    .help(help(metric))
                    .labelNames(aspects)
                    .withoutExemplars()
                    .classicOnly()
                    .classicUpperBounds(BOUNDS)
                    .register(registry));
      }
    }
  }

  private static String help(Metric metric) {
    return switch (metric) {
      case BUILDS -> "assets built and stored";
      case BUILD_TIME -> "from the claim of an order to the stored asset";
      case STAGE_TIME -> "stages of builds that succeeded";
      case BUILD_FAILURES -> "builds that failed, and not for what was asked";
      case SOURCE_ERRORS -> "builds and release documents that failed for their source";
      case INDEX_RENEWALS -> "comparisons of the index of releases with the source's list";
      case SETUP_FAILURES -> "functions that could not be set up";
      case REQUESTS -> "requests that were answered";
      case REQUEST_TIME -> "from a request's head to the end of its answer";
      case SERVER_ERRORS -> "answers of 5xx, but for 501";
    };
  }

  @Override
  public void measure(Metric metric, long value, Map<String, String> aspects) {
    String[] labels =
        metric.aspects().stream()
            .map(aspect -> Objects.requireNonNull(aspects.get(aspect), aspect))
            .toArray(String[]::new);
    switch (metric.unit()) {
      case COUNT -> Objects.requireNonNull(counters.get(metric)).labelValues(labels).inc(value);
      case MILLISECONDS ->
          Objects.requireNonNull(times.get(metric))
              .labelValues(labels)
              .observe(value / MILLISECONDS);
    }
  }

  /// Counts a request that was answered.
  ///
  /// @param path decoded
  void answered(String path, int status, long milliseconds) {
    Map<String, String> aspects = Map.of("route", route(path), "status", Integer.toString(status));
    measure(Metric.REQUESTS, 1, aspects);
    measure(Metric.REQUEST_TIME, milliseconds, aspects);
  }

  /// The pattern of a path, as there are too many paths to count each.
  private static String route(String path) {
    if (path.equals(PATH)) {
      return PATH;
    }
    return ObjectDownloads.answers(path)
        ? ObjectLinks.PATH
        : Endpoint.of(path).map(endpoint -> endpoint.pattern().toString()).orElse("other");
  }

  /// Adds a value that is asked for whenever somebody reads.
  ///
  /// @param name without the prefix of all
  void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// Adds a number that only grows.
  ///
  /// @param name without the prefix of all
  void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// All of it, in the format that the request accepts.
  Answer answer(Request request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Problem.of(405, "Method Not Allowed");
    }
    ExpositionFormatWriter writer = formats.findWriter(request.header("accept").orElse(""));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, registry.scrape());
    return Response.of(200, writer.getContentType(), out.toByteArray())
        .with("cache-control", "no-store");
  }
}
