package imageservice.packaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a packaged function starts: the runtime, the start-up cache and the runtime interface
/// client, all in the folder of its code. Training and running differ by the one option of the
/// cache.
///
/// @param heap what of the function's memory is for the heap, in percent
/// @param options of the virtual machine, which are the function's own
public record Launch(int heap, List<String> options) {
  static final String RUNTIME = "runtime";
  static final String CACHE = "start.aot";
  static final String NATIVE = "libaws-lambda-jni.so";
  static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client";

  /// For a run that trains.
  private static final String TRAINING_HEAP = "-Xmx819m";

  /// The program that Lambda's OS-only runtime starts, and the entry point of an image, which is
  /// told the handler. A cache that does not fit is passed over, with a warning in the log.
  String bootstrap() {
    String lines =
        all("-XX:AOTCache=", "$root").stream()
            .map(option -> "    \"" + option + "\" \\\n")
            .collect(Collectors.joining());
    return """
    #!/bin/sh
    root=${0%%/*}
    exec "$root/%s/bin/java" "-Xmx$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * %d / 100))m" \\
    %s    "${1:-$_HANDLER}"
    """
        .formatted(RUNTIME, heap, lines);
  }

  /// The same, to write a cache when it ends.
  List<String> training(Path root, String handler) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve(RUNTIME).resolve("bin/java").toString());
    command.add(TRAINING_HEAP);
    command.addAll(all("-XX:AOTCacheOutput=", root.toString()));
    command.add(handler);
    return command;
  }

  private List<String> all(String cache, String root) {
    return Stream.concat(
            options.stream(),
            Stream.of(
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // A cache's pointers fit where it was made to lie; elsewhere, all have to be
                // changed.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                cache + root + "/" + CACHE,
                "-D" + CLIENT + ".runtimeapi.NativeClient.JNI=" + root + "/" + NATIVE,
                "--enable-native-access=" + ServiceModule.NAME,
                "-m",
                ServiceModule.NAME + "/" + CLIENT + ".AWSLambda"))
        .toList();
  }
}
