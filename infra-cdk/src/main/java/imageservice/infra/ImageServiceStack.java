package imageservice.infra;

import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.constructs.Construct;

/// All of the service. Nothing in it costs while nobody asks, but for what is stored.
public final class ImageServiceStack extends Stack {
  public ImageServiceStack(Construct scope, String id, Settings settings) {
    super(scope, id);
    Storage storage = new Storage(this, settings);
    HttpApi api = RequestApi.create(this);
    String externalUrl = settings.externalUrl().orElse(api.getApiEndpoint() + "/");
    BuilderFunctions builder = new BuilderFunctions(this, settings, storage);
    RequestFunctions functions =
        new RequestFunctions(this, settings, externalUrl, storage, builder);
    RequestApi.route(this, api, functions);
    warn(settings);
    output("Url", externalUrl);
    output("AssetBucketName", storage.assets().getBucketName());
  }

  private void warn(Settings settings) {
    if (settings.isPlaceholder()) {
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
