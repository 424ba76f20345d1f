package imageservice.functions.asset;

import imageservice.asset.Asset;
import imageservice.functions.http.Answer;
import imageservice.functions.http.Problem;
import imageservice.functions.http.Response;
import imageservice.ledger.StoredObject;
import imageservice.plan.BillOfMaterials;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import imageservice.plan.PlanContext;
import imageservice.plan.PlanOutcome;
import imageservice.plan.Provenance;
import java.io.IOException;
import java.time.Duration;

/// A document about an asset, under the asset's name with a suffix. It is written when it is asked
/// for, out of the asset's plan, once the asset is in the store.
public enum Companion {
  /// SPDX 2.3.
  BILL_OF_MATERIALS(".spdx.json") {
    @Override
    String text(Asset asset, StoredObject stored, BuildPlan plan, PlanContext context, String url) {
      return BillOfMaterials.of(asset, stored.digest(), plan, context.document(), url).indented();
    }
  },
  /// An in-toto statement with SLSA provenance.
  PROVENANCE(".provenance.json") {
    @Override
    String text(Asset asset, StoredObject stored, BuildPlan plan, PlanContext context, String url) {
      return Provenance.statement(asset, stored.digest(), plan, url).toString();
    }
  },
  /// What a builder was told: all that the asset's bytes depend on.
  PLAN(".plan.json") {
    @Override
    String text(Asset asset, StoredObject stored, BuildPlan plan, PlanContext context, String url) {
      return BuildPlanJson.write(plan);
    }
  };

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final String suffix;

  Companion(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }

  abstract String text(
      Asset asset, StoredObject stored, BuildPlan plan, PlanContext context, String url);

  /// Answers with the document.
  ///
  /// @param externalUrl the URL under which people reach the service, with a final slash
  Serving serving(AssetContexts contexts, String externalUrl) {
    return (wanted, found, stored) -> answer(wanted, stored, contexts, externalUrl);
  }

  private Answer answer(
      AssetRequest wanted, StoredObject stored, AssetContexts contexts, String externalUrl)
      throws IOException {
    Asset asset = wanted.address().asset();
    AssetContext context = contexts.read(asset);
    if (!(context.plan(asset) instanceof PlanOutcome.Planned planned)) {
      return Problem.unavailable("the asset's plan is being made again; ask again", RETRY);
    }
    String text = text(asset, stored, planned.plan(), context.plans(), externalUrl);
    String name = wanted.fileName().orElse(asset.fileName()) + suffix;
    return Response.of(200, Response.JSON, text)
        .with("content-disposition", S3AssetLinks.disposition(name))
        .with("cache-control", "no-cache");
  }
}
