package imageservice.ledger;

/// What the functions measure, all of it: the alarms and the dashboard of the stack name these.
public enum Metric {
  /// A product is stored.
  BUILDS("Builds", "Count"),

  /// From the claim of the order to the stored product.
  BUILD_TIME("BuildTime", "Milliseconds"),

  /// A build failed, and not for what was asked.
  BUILD_FAILURES("BuildFailures", "Count"),

  /// The index of releases was compared with the source's list.
  INDEX_RENEWALS("IndexRenewals", "Count"),

  /// A function took an event and could not be set up.
  SETUP_FAILURES("SetupFailures", "Count"),

  /// A request was answered with 5xx, but for 501: what is not built yet is refused with that.
  SERVER_ERRORS("ServerErrors", "Count");

  /// The namespace of all of them.
  public static final String NAMESPACE = "ImageService";

  /// The one dimension, the stack's name: two stacks of an account stay apart by it, and what
  /// several functions of a stack measure is one metric, which an alarm pays for once.
  public static final String DIMENSION = "Stack";

  private final String label;
  private final String unit;

  Metric(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }

  /// The name in CloudWatch.
  public String label() {
    return label;
  }

  /// The unit, as CloudWatch names it.
  String unit() {
    return unit;
  }
}
