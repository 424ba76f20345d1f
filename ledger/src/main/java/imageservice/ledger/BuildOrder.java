package imageservice.ledger;

import imageservice.asset.AssetAddress;
import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.plan.AssetKey;

/// What a builder is told: carry out the plan of this key, store the asset at this address, hold
/// this fence. The plan itself lies in the {@link PlanStore}, so that an order is never longer than
/// {@link #LARGEST}, however long the configuration is.
///
/// @param fence of the build's record; a newer one in the record means that the builder has been
///   replaced
/// @param plan asset key of the plan
public record BuildOrder(AssetAddress address, long fence, AssetKey plan) {
  /// The most bytes of an order's JSON; AWS Lambda takes 256 KiB in an asynchronous invocation.
  public static final int LARGEST = 4_096;

  public String toJson() {
    return JsonText.object()
        .put("address", address.toString())
        .put("fence", fence)
        .put("plan", plan.hex())
        .toString();
  }

  /// Reads an order and skips unknown fields.
  public static BuildOrder parse(String json) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(json);
    return new BuildOrder(
        RecordFields.address(fields, "address"),
        fields.number("fence"),
        RecordFields.assetKey(fields, "plan"));
  }
}
