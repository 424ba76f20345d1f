package imageservice.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/// What the `cdk` command runs, in this module's folder.
public final class InfraApp {
  private InfraApp() {}

  /// Makes the stack's template.
  public static void main(String[] arguments) {
    App app = new App();
    Settings settings =
        Settings.of(
            name -> Optional.ofNullable(app.getNode().tryGetContext(name)).map(Object::toString),
            functionsCode());
    new ImageServiceStack(app, "ImageService", settings);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    app.synth();
  }

  private static String functionsCode() {
    return Files.exists(Path.of(Settings.BUILT_FUNCTIONS))
        ? Settings.BUILT_FUNCTIONS
        : Settings.PLACEHOLDER;
  }
}
