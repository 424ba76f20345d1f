package imageservice.ledger;

import imageservice.json.JsonFields;
import imageservice.json.JsonText;
import imageservice.json.MalformedJsonException;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import imageservice.plan.ObjectKey;

/// What a builder is told: build this plan, put it there, under this fence.
public record BuildOrder(ObjectKey objectKey, long fence, BuildPlan plan) {
  public String buildId() {
    return objectKey.buildId();
  }

  public String toJson() {
    return JsonText.object()
        .put("objectKey", objectKey.value())
        .put("fence", fence)
        .put("plan", BuildPlanJson.write(plan))
        .toString();
  }

  public static BuildOrder parse(String json) throws MalformedJsonException {
    JsonFields fields = JsonFields.parse(json);
    BuildOrder order =
        new BuildOrder(
            new ObjectKey(fields.text("objectKey")),
            fields.number("fence"),
            BuildPlanJson.read(fields.text("plan")));
    fields.end();
    return order;
  }
}
