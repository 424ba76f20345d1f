package imageservice.ledger;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;

/// {@link Measurement}s as a JSON list.
final class MeasurementJson {
  private MeasurementJson() {}

  static List<JsonText> write(List<Measurement> measurements) {
    return measurements.stream().map(MeasurementJson::write).toList();
  }

  /// The list in the field of this name; empty where the field is missing.
  static List<Measurement> read(JsonFields fields, String name) throws MalformedJsonException {
    List<Measurement> measurements = new ArrayList<>();
    if (fields.has(name)) {
      for (JsonFields measurement : fields.objects(name)) {
        measurements.add(read(measurement));
      }
    }
    return List.copyOf(measurements);
  }

  private static JsonText write(Measurement measurement) {
    return JsonText.object()
        .put("profile", measurement.profile())
        .put("phase", measurement.phase())
        .put("bank", measurement.bank())
        .put("pcr", measurement.pcr())
        .put("value", measurement.value());
  }

  private static Measurement read(JsonFields fields) throws MalformedJsonException {
    return new Measurement(
        fields.text("profile"),
        fields.text("phase"),
        fields.text("bank"),
        fields.integer("pcr"),
        fields.text("value"));
  }
}
