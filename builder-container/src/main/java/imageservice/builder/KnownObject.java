package imageservice.builder;

import imageservice.builder.store.AssetSink;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.Optional;

/// Where the bytes of a plan were stored before.
record KnownObject(String key, AssetSink.Stored stored) {
  String toText() {
    return JsonText.object()
        .put("key", key)
        .put("size", stored.size())
        .put("sha256", stored.sha256())
        .toString();
  }

  /// Nothing where the text is none of ours: then the asset is built again.
  static Optional<KnownObject> parse(String text) {
    try {
      JsonFields fields = JsonFields.parse(text);
      return Optional.of(
          new KnownObject(
              fields.text("key"),
              new AssetSink.Stored(fields.number("size"), fields.text("sha256"))));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
