package imageservice.functions.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How a packaged function starts: the runtime, the start-up cache and the runtime interface
/// client, all in the folder of its code. Training and running differ by the one option of the
/// cache.
final class Launch {
  static final String RUNTIME = "runtime";
  static final String CACHE = "functions.aot";
  static final String NATIVE = "libaws-lambda-jni.so";

  /// What the managed runtime leaves of a function's memory for the heap, in percent.
  private static final int HEAP = 80;

  static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client";

  private Launch() {}

  /// The program that Lambda's OS-only runtime starts. A cache that does not fit is passed over,
  /// with a warning in the log.
  static String bootstrap() {
    String options =
        options("-XX:AOTCache=", "$LAMBDA_TASK_ROOT").stream()
            .map(option -> "    \"" + option + "\" \\\n")
            .collect(Collectors.joining());
    return """
    #!/bin/sh
    exec "$LAMBDA_TASK_ROOT/%s/bin/java" "-Xmx$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * %d / 100))m" \\
    %s    "$_HANDLER"
    """
        .formatted(RUNTIME, HEAP, options);
  }

  /// The same, to write a cache when it ends.
  static List<String> training(Path root, String handler) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve(RUNTIME).resolve("bin/java").toString());
    command.add("-Xmx819m");
    command.addAll(options("-XX:AOTCacheOutput=", root.toString()));
    command.add(handler);
    return command;
  }

  private static List<String> options(String cache, String root) {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        // A cache's pointers fit where it was made to lie; elsewhere, all have to be changed.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        cache + root + "/" + CACHE,
        "-D" + CLIENT + ".runtimeapi.NativeClient.JNI=" + root + "/" + NATIVE,
        "--enable-native-access=" + ServiceModule.NAME,
        "-m",
        ServiceModule.NAME + "/" + CLIENT + ".AWSLambda");
  }
}
