package imageservice.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Events by which the virtual machine learns what functions need at their start.
///
/// @param handler the class that passes them on to the functions. The runtime interface client
///   loads it out of a folder, by a class loader of its own that no cache serves: so the class path
///   of the training run is that of the functions, and this class is not in the cache
/// @param classes the folder with that class
public record Training(String handler, Path classes, World.Maker world, List<String> events) {
  private static final int PATIENCE = 5; // minutes

  /// Runs the functions once, so that the virtual machine writes a start-up cache.
  ///
  /// @param root the folder of the functions' code, which gets the cache
  /// @param log gets what the run says
  void run(Launch launch, Path root, Path log) throws IOException, InterruptedException {
    try (World around = world.make();
        RuntimeApi runtime = new RuntimeApi()) {
      ProcessBuilder builder = new ProcessBuilder(launch.training(root, handler));
      builder.environment().clear();
      builder.environment().putAll(LambdaVariables.of(runtime, handler, root, around));
      builder.directory(classes.toFile()); // where the client looks for handlers
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      try {
        send(runtime);
      } catch (IOException e) {
        throw new IOException(e.getMessage() + ": " + Files.readString(log), e);
      } finally {
        process.destroy(); // the cache is written when the virtual machine ends
        process.waitFor(PATIENCE, TimeUnit.MINUTES);
      }
    }
    if (!Files.exists(root.resolve(Launch.CACHE))) {
      throw new IOException("no start-up cache: " + Files.readString(log));
    }
  }

  private void send(RuntimeApi runtime) throws IOException, InterruptedException {
    for (String event : events) {
      runtime.give(event);
      runtime.response();
    }
  }
}
