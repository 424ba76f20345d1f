package imageservice.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/// What the `cdk` command runs, in this module's folder.
public final class InfraApp {
  private static final int WRONG_SETTINGS = 1;

  private InfraApp() {}

  /// Makes the stack's template. Settings that cannot be meant end it with one line that says what
  /// to type.
  public static void main(String[] arguments) {
    App app = new App();
    Settings settings;
    try {
      settings = settings(app);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_SETTINGS);
      return;
    }
    new ImageServiceStack(app, ImageServiceStack.NAME, settings);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    app.synth();
  }

  static Settings settings(App app) {
    return Settings.of(
        name -> Optional.ofNullable(app.getNode().tryGetContext(name)).map(Object::toString),
        Packaged.here());
  }
}
