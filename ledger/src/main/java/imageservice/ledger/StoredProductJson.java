package imageservice.ledger;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;

/// A {@link StoredProduct} as fields of a JSON object. A product without contents has no field for
/// them.
final class StoredProductJson {
  private static final String CONTENTS = "contents";
  private static final String MEASUREMENTS = "measurements";

  private StoredProductJson() {}

  static JsonText write(JsonText json, StoredProduct product) {
    write(json, product.asset()).put(MEASUREMENTS, MeasurementJson.write(product.measurements()));
    return product.contents().isEmpty()
        ? json
        : json.put(
            CONTENTS,
            product.contents().stream().map(content -> write(JsonText.object(), content)).toList());
  }

  static StoredProduct read(JsonFields fields) throws MalformedJsonException {
    List<StoredObject> contents = new ArrayList<>();
    if (fields.has(CONTENTS)) {
      for (JsonFields content : fields.objects(CONTENTS)) {
        contents.add(object(content));
      }
    }
    return new StoredProduct(object(fields), contents, MeasurementJson.read(fields, MEASUREMENTS));
  }

  private static JsonText write(JsonText json, StoredObject object) {
    return json.put("size", object.size()).put("sha256", object.digest().hex());
  }

  private static StoredObject object(JsonFields fields) throws MalformedJsonException {
    return new StoredObject(fields.number("size"), RecordFields.sha256(fields, "sha256"));
  }
}
