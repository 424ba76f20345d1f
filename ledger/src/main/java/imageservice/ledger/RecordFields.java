package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.plan.AssetKey;
import imageservice.release.Digest;

/// Reads fields of the ledger's JSON that hold values of `core`.
final class RecordFields {
  private RecordFields() {}

  static AssetAddress address(JsonFields fields, String name) throws MalformedJsonException {
    String text = fields.text(name);
    return AssetAddress.parse(text)
        .orElseThrow(() -> new MalformedJsonException(name + ": not an asset's address: " + text));
  }

  static AssetKey assetKey(JsonFields fields, String name) throws MalformedJsonException {
    String text = fields.text(name);
    return AssetKey.parse(text)
        .orElseThrow(() -> new MalformedJsonException(name + ": not an asset key: " + text));
  }

  /// A SHA-256 digest, written as 64 hex digits without the prefix `sha256:`.
  static Digest sha256(JsonFields fields, String name) throws MalformedJsonException {
    String text = fields.text(name);
    return Digest.parse("sha256:" + text)
        .orElseThrow(() -> new MalformedJsonException(name + ": not a SHA-256: " + text));
  }
}
