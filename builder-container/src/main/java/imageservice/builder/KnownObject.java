package imageservice.builder;

import imageservice.builder.store.AssetSink;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.Measurement;
import imageservice.ledger.MeasurementJson;
import java.util.List;
import java.util.Optional;

/// Where the bytes of a plan were stored, and what is known of them.
record KnownObject(String key, AssetSink.Stored stored, List<Measurement> measurements) {
  KnownObject {
    measurements = List.copyOf(measurements);
  }

  /// The same bytes under another key.
  KnownObject at(String otherKey) {
    return new KnownObject(otherKey, stored, measurements);
  }

  String toText() {
    return JsonText.object()
        .put("key", key)
        .put("size", stored.size())
        .put("sha256", stored.sha256())
        .put("measurements", MeasurementJson.write(measurements))
        .toString();
  }

  /// Nothing where the text is none of ours: then the asset is built again.
  static Optional<KnownObject> parse(String text) {
    try {
      JsonFields fields = JsonFields.parse(text);
      return Optional.of(
          new KnownObject(
              fields.text("key"),
              new AssetSink.Stored(fields.number("size"), fields.text("sha256")),
              MeasurementJson.read(fields, "measurements")));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
