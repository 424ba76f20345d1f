package imageservice.infra;

import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/// What LocalStack can deploy of the stack, each part as `ImageServiceStack` has it: storage,
/// functions, queue, schedule and alarms. Its free edition has no HTTP API, whose dashboard is left
/// out as well.
final class StackWithoutApi extends Stack {
  /// Where people would find the service, if there was an API.
  private static final String NOWHERE = "http://service.invalid/";

  StackWithoutApi(Construct scope, Settings settings) {
    super(scope, ImageServiceStack.NAME);
    Storage storage = new Storage(this, settings.kept());
    BuilderFunctions builder = new BuilderFunctions(this, settings, storage);
    RequestFunctions functions =
        new RequestFunctions(this, settings, NOWHERE, Optional.empty(), storage, builder);
    new Alarms(this, settings, functions, builder);
    output("ConfigurationFunctionName", functions.configuration().getFunctionName());
    output("ConfigurationsTableName", storage.configurations().getTableName());
  }

  private void output(String name, String value) {
    CfnOutput.Builder.create(this, name).value(value).build();
  }

  /// What CDK's command line runs, in this module's folder.
  public static void main(String[] arguments) {
    App app = new App();
    new StackWithoutApi(app, InfraApp.settings(app));
    app.synth();
  }
}
