package imageservice.functions.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs all functions once, with ordinary requests, so that the virtual machine writes a start-up
/// cache of what they needed.
final class Training {
  private static final int PATIENCE = 5; // minutes

  private Training() {}

  /// @param root the folder of the functions' code, which gets the cache
  /// @param classes a folder with {@link TrainingFunction}
  /// @param log gets what the run says
  static void run(Path root, Path classes, Path log) throws IOException, InterruptedException {
    String handler = TrainingFunction.class.getName();
    try (World world = new World();
        RuntimeApi runtime = new RuntimeApi()) {
      ProcessBuilder builder = new ProcessBuilder(Launch.training(root, handler));
      builder.environment().clear();
      builder.environment().putAll(world.environment(runtime, handler, root.toString()));
      builder.directory(classes.toFile()); // where the client looks for handlers
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      try {
        send(World.ordinary(), runtime);
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

  private static void send(List<String> events, RuntimeApi runtime)
      throws IOException, InterruptedException {
    for (String event : events) {
      runtime.give(event);
      runtime.answer();
    }
  }
}
