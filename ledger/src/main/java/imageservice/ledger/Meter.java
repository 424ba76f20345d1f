package imageservice.ledger;

import java.util.Map;

/// Receives what events measure.
public interface Meter {
  /// @param aspects at least those of the metric, by name
  void measure(Metric metric, long value, Map<String, String> aspects);
}
