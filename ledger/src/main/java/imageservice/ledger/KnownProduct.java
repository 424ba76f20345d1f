package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import java.util.Optional;

/// Where the bytes of a plan are, for copying them instead of building them again.
public record KnownProduct(AssetAddress address, StoredProduct product) {
  String toJson() {
    return StoredProductJson.write(JsonText.object().put("key", address.toString()), product)
        .toString();
  }

  /// Nothing where the text cannot be understood: then the asset is built again.
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
