package imageservice.ledger;

import java.util.List;

/// What the service measures, all of it: the alarms and the dashboard of the stack name these, and
/// `/metrics` of a server has them.
public enum Metric {
  /// A product is stored.
  BUILDS("Builds", Unit.COUNT, true, "kind"),

  /// From the claim of the order to the stored product.
  BUILD_TIME("BuildTime", Unit.MILLISECONDS, true, "kind"),

  /// A stage of a build that came to its end.
  STAGE_TIME("StageTime", Unit.MILLISECONDS, false, "stage"),

  /// A build failed, and not for what was asked.
  BUILD_FAILURES("BuildFailures", Unit.COUNT, true, "cause"),

  /// A build or a release's document failed for its source.
  SOURCE_ERRORS("SourceErrors", Unit.COUNT, true, ""),

  /// The index of releases was compared with the source's list.
  INDEX_RENEWALS("IndexRenewals", Unit.COUNT, true, ""),

  /// A function took an event and could not be set up.
  SETUP_FAILURES("SetupFailures", Unit.COUNT, true, ""),

  /// A request was answered. API Gateway counts its own.
  REQUESTS("Requests", Unit.COUNT, false, "route status"),

  /// From a request's head to the end of its answer; a download's ends with its last byte.
  REQUEST_TIME("RequestTime", Unit.MILLISECONDS, false, "route"),

  /// A request was answered with 5xx, but for 501: what is not built yet is refused with that.
  SERVER_ERRORS("ServerErrors", Unit.COUNT, true, "");

  /// What a value is.
  public enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds");

    private final String label;

    Unit(String label) {
      this.label = label;
    }

    /// As CloudWatch names it.
    @Override
    public String toString() {
      return label;
    }
  }

  /// The namespace of all of them.
  public static final String NAMESPACE = "ImageService";

  /// The one dimension, the stack's name: two stacks of an account stay apart by it, and what
  /// several functions of a stack measure is one metric, which an alarm pays for once.
  public static final String DIMENSION = "Stack";

  private final String label;
  private final Unit unit;
  private final boolean onCloudWatch;
  private final String aspects;

  /// @param aspects by which a server tells values apart, separated by blanks; CloudWatch would
  ///   charge for each
  Metric(String label, Unit unit, boolean onCloudWatch, String aspects) {
    this.label = label;
    this.unit = unit;
    this.onCloudWatch = onCloudWatch;
    this.aspects = aspects;
  }

  /// The name in CloudWatch.
  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  /// Whether functions on AWS report it.
  public boolean isOnCloudWatch() {
    return onCloudWatch;
  }

  /// Names of what tells values apart, such as `kind`.
  public List<String> aspects() {
    return aspects.isEmpty() ? List.of() : List.of(aspects.split(" ", -1));
  }
}
