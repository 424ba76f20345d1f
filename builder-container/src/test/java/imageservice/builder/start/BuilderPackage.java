package imageservice.builder.start;

import imageservice.packaging.Launch;
import imageservice.packaging.StartPackage;
import imageservice.packaging.Training;
import java.nio.file.Path;
import java.util.List;

/// Makes the folder of the builder's image that starts quickly. `builder-container/package` calls
/// it.
final class BuilderPackage {
  /// The heap is for buffers; the page cache is where source material belongs. Registries may have
  /// any certificate authority.
  private static final StartPackage PACKAGE =
      new StartPackage(
          new Launch(25, List.of()),
          List.of(
              "java.base",
              "java.logging",
              "java.management",
              "java.naming",
              "java.net.http",
              "java.xml",
              "jdk.crypto.ec",
              "jdk.unsupported"),
          false);

  private BuilderPackage() {}

  /// Arguments: a folder with the builder's jars and the runtime interface client's, a folder with
  /// classes of this package, a folder that gets the image's files, and one for what is needed
  /// meanwhile.
  public static void main(String[] arguments) throws Exception {
    Training training =
        new Training(
            TrainingFunction.class.getName(),
            Path.of(arguments[1]).toAbsolutePath(),
            BuildWorld::new,
            BuildWorld.ordinary());
    PACKAGE.make(
        StartPackage.jars(Path.of(arguments[0])),
        Path.of(arguments[2]).toAbsolutePath(),
        Path.of(arguments[3]).toAbsolutePath(),
        training);
    System.out.println(StartPackage.architecture());
  }
}
