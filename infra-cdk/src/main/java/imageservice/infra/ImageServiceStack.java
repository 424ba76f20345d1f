package imageservice.infra;

import java.util.Optional;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.constructs.Construct;

/// All of the service. Next to nothing in it costs while nobody asks, but for what is stored.
public final class ImageServiceStack extends Stack {
  /// What of the bootstrap stack CDK's synthesizer asks for.
  public static final int LEAST_BOOTSTRAP = 6;

  public static final String NAME = "ImageService";

  public ImageServiceStack(Construct scope, String id, Settings settings) {
    super(scope, id);
    Storage storage = new Storage(this, settings.kept());
    HttpApi api = RequestApi.create(this);
    Settings.Addresses addresses = settings.addresses();
    Optional<Edge> edge =
        addresses.edge().map(own -> new Edge(this, own, addresses.domain(), api, storage));
    String externalUrl =
        addresses.external().orElse(edge.map(Edge::url).orElse(api.getApiEndpoint() + "/"));
    BuilderFunctions builder = new BuilderFunctions(this, settings, storage);
    RequestFunctions functions =
        new RequestFunctions(this, settings, externalUrl, edge, storage, builder);
    HttpStage stage = RequestApi.open(this, api, functions, settings.limits());
    addresses
        .domain()
        .ifPresent(own ->
            output(
                "DomainTarget",
                edge.map(Edge::target).orElseGet(() -> CustomDomain.of(this, api, stage, own))));
    Alarms alarms = new Alarms(this, settings, functions, builder);
    settings
        .monthlyBudgetUsd()
        .ifPresent(dollars -> SpendingLimit.of(this, dollars, alarms.topic()));
    warn(settings);
    output("Url", externalUrl);
    output("ApiUrl", api.getApiEndpoint() + "/");
    output("AssetBucketName", storage.assets().getBucketName());
    output("ConfigurationsTableName", storage.configurations().getTableName());
    output("BuildsTableName", storage.builds().getTableName());
    output("IndexFunctionName", builder.index().getFunctionName());
    output("LostOrdersUrl", builder.lostOrders().getQueueUrl());
    output("AlarmTopicArn", alarms.topic().getTopicArn());
    output("DashboardName", Overview.of(this, api, functions, builder));
  }

  private void warn(Settings settings) {
    if (settings.code().isPlaceholder()) {
      Annotations.of(this)
          .addWarningV2(
              "image-service:placeholder",
              "the functions are not built, and do not work when deployed: "
                  + "./mvnw -pl functions -am package -DskipTests");
    }
  }

  private void output(String name, String value) {
    CfnOutput.Builder.create(this, name).value(value).build();
  }
}
