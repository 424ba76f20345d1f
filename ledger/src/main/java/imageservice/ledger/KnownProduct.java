package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.Optional;

/// The product of a plan and the address where its asset lies, so that a builder can copy it to
/// another address instead of building it again.
public record KnownProduct(AssetAddress address, StoredProduct product) {
  String toJson() {
    return StoredProductJson.write(JsonText.object().put("key", address.toString()), product)
        .toString();
  }

  /// The product in this JSON; empty where another version of the service wrote it in a form that
  /// this one cannot read, so that the builder builds the asset again.
  static Optional<KnownProduct> parse(String json) {
    try {
      JsonFields fields = JsonFields.parse(json);
      return Optional.of(
          new KnownProduct(RecordFields.address(fields, "key"), StoredProductJson.read(fields)));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
