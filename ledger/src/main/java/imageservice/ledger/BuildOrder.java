package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.plan.AssetKey;

/// What a builder is told: carry out the plan of this key, put the asset there, under this fence.
/// The plan itself lies in the {@link PlanStore}, so that an order stays below {@link #LARGEST}
/// whatever the configuration holds.
///
/// @param fence of the build's record: a builder with an older one has been replaced
public record BuildOrder(AssetAddress address, long fence, AssetKey plan) {
  /// Bytes of an order's JSON at most; AWS Lambda takes 256 KiB in an asynchronous call.
  public static final int LARGEST = 4_096;

  public String toJson() {
    return JsonText.object()
        .put("address", address.toString())
        .put("fence", fence)
        .put("plan", plan.hex())
        .toString();
  }

  /// Reads an order; fields that are not known are passed over.
  public static BuildOrder parse(String json) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(json);
    return new BuildOrder(
        RecordFields.address(fields, "address"),
        fields.number("fence"),
        RecordFields.assetKey(fields, "plan"));
  }
}
