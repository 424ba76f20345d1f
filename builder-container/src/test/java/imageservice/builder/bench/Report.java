package imageservice.builder.bench;

import java.util.Locale;

/// The table that is printed.
///
/// @param judges whether a row with a target says if it is met
record Report(boolean judges) {
  void heading(String text) {
    System.out.printf("%n%s%n", text);
  }

  void cost(String what, Cost.Series series) {
    System.out.printf(
        Locale.ROOT,
        "  %-50s %8.1f ms  CPU %8.1f ms   first %.1f ms%n",
        what,
        series.median().wall() / 1e6,
        series.median().cpu() / 1e6,
        series.first().wall() / 1e6);
  }

  void cost(String what, Cost cost) {
    System.out.printf(
        Locale.ROOT, "  %-50s %8.1f ms  CPU %8.1f ms%n", what, cost.wall() / 1e6, cost.cpu() / 1e6);
  }

  /// A ratio or size that has no target.
  void value(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "  %-50s %8.3f %s%n", what, value, unit);
  }

  void atMost(String what, double value, double target, String unit) {
    target(what, value, "<= %.4g".formatted(target), unit, value <= target);
  }

  void atLeast(String what, double value, double target, String unit) {
    target(what, value, ">= %.4g".formatted(target), unit, value >= target);
  }

  private void target(String what, double value, String target, String unit, boolean met) {
    if (!judges) {
      value(what, value, unit);
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "  %-50s %8.3f %s   target %s: %s%n",
        what,
        value,
        unit,
        target,
        met ? "met" : "OVER TARGET");
  }
}
