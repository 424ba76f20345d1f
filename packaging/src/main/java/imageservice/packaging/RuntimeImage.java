package imageservice.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// A runtime image of the JDK that builds, with one module of all jars in it.
public final class RuntimeImage {
  private RuntimeImage() {}

  /// @param jars of the program and of all that it uses
  /// @param modules the JDK's modules that the jars' classes need; what of them only needs others
  ///   is not used
  /// @param runtime gets the image
  /// @param work a folder for what is needed meanwhile
  public static void make(List<Path> jars, List<String> modules, Path runtime, Path work)
      throws IOException {
    Path module = work.resolve("module");
    ServiceModule.write(jars, modules, module);
    link(module, runtime);
    delete(module);
  }

  private static void link(Path module, Path runtime) throws IOException {
    run(
        "jlink",
        "--module-path",
        module.toString(),
        "--add-modules",
        ServiceModule.NAME,
        "--strip-java-debug-attributes",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        runtime.toString());
  }

  private static void run(String tool, String... arguments) throws IOException {
    int status = ToolProvider.findFirst(tool).orElseThrow().run(System.err, System.err, arguments);
    if (status != 0) {
      throw new IOException(tool + " failed: " + status);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
