package imageservice.builder;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs {@link StoringBuilds} in a virtual machine of its own, whose heap is small.
///
/// @param folder to work in, which is empty
/// @param store where S3 is
public record SmallHeap(Path folder, URI store) {
  public static final int MEGABYTES = 96;

  /// Megabytes.
  ///
  /// @param disk of each of two images
  /// @param file in each of them that is not zeros
  /// @param iso of the ISO
  public record Load(int disk, int file, int iso) {}

  /// What it stored, and what that took.
  ///
  /// @param objects key, size and digest of each
  /// @param heap bytes that were left after a collection, at most
  /// @param direct bytes of buffers outside the heap, at most
  public record Outcome(List<String> objects, long heap, long direct) {}

  /// @throws IOException where it fails, with all that it said
  public Outcome run(Load load) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process = builder(load).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("storing in a small heap failed: " + Files.readString(log));
      }
    } finally {
      process.destroyForcibly();
    }
    return outcome(Files.readAllLines(log));
  }

  private ProcessBuilder builder(Load load) {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx" + MEGABYTES + "m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StoringBuilds.class.getName(),
            folder.resolve("blobs").toString(),
            Integer.toString(load.disk()),
            Integer.toString(load.file()),
            Integer.toString(load.iso()));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "user",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_ENDPOINT_URL", store.toString()));
    return builder;
  }

  /// The last line has the heap and the direct buffers.
  private static Outcome outcome(List<String> lines) {
    String[] peak = lines.getLast().split(" ", -1);
    return new Outcome(
        lines.subList(0, lines.size() - 1), Long.parseLong(peak[0]), Long.parseLong(peak[1]));
  }
}
