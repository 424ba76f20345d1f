package imageservice.blackbox.deployed;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The code of functions as the emulator runs it: what is shipped, and a program that starts it,
/// the builder's with Lambda's own runtime interface client.
///
/// @param repository the checkout, with what is shipped built
/// @param instances gets a folder for each instance of a function
/// @param shared a folder for the class path of all of them
record FunctionCode(Path repository, Path instances, Path shared) {
  /// The native part of the runtime interface client, which would write it to one and the same
  /// place for all instances, under their feet.
  private static final String NATIVE = "libaws-lambda-jni.so";

  private static final String NATIVE_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /// The program that starts the request functions, beside ours.
  private static final String SHIPPED = "bootstrap-as-shipped";

  /// What the builder's image says in its `JAVA_TOOL_OPTIONS`, of memory that this machine need not
  /// have: no more than this, in MiB.
  private static final int BUILDER_HEAP = 256;

  /// The request functions' zip, every entry as it is; our own program prepares an instance and
  /// then starts the shipped one. It refuses to start with a start-up cache that does not fit, with
  /// which functions elsewhere would start slowly.
  void request(Path zip) throws IOException {
    Path shipped = repository.resolve("functions/target/package/functions.zip");
    Files.copy(shipped, zip, StandardCopyOption.REPLACE_EXISTING);
    URI content = URI.create("jar:" + zip.toUri());
    try (FileSystem files =
        FileSystems.newFileSystem(content, Map.of("enablePosixFileAttributes", "true"))) {
      Files.move(files.getPath("bootstrap"), files.getPath(SHIPPED));
      Files.writeString(files.getPath("bootstrap"), instance() + shipped());
    }
  }

  private String shipped() {
    return """
    export CLASSPATH="%s" JAVA_TOOL_OPTIONS="-XX:AOTMode=on -Djava.io.tmpdir=$instance/tmp"
    exec "$LAMBDA_TASK_ROOT/%s" >"$instance/log" 2>&1
    """
        .formatted(shared, SHIPPED);
  }

  /// Writes the folder of what all instances share.
  void share() throws IOException {
    String recorder = CallRecorder.class.getName();
    copy(recorder.replace('.', '/') + ".class", recorder.replace('.', '/') + ".class");
    Path services = shared.resolve(CallRecorder.SERVICES);
    Files.createDirectories(services.getParent());
    Files.writeString(services, recorder + "\n");
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    copy("jni/libaws-lambda-jni.linux-" + processor + ".so", NATIVE);
  }

  private void copy(String resource, String file) throws IOException {
    Path to = shared.resolve(file);
    Files.createDirectories(to.getParent());
    try (InputStream content =
        Objects.requireNonNull(CallRecorder.class.getClassLoader().getResourceAsStream(resource))) {
      Files.copy(content, to);
    }
  }

  /// What the Dockerfile puts into the builder's image below the task's root.
  void builder(Path zip) throws IOException {
    try (Stream<Path> jars = Files.list(repository.resolve("builder-container/target/lib"));
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path jar : jars.sorted().toList()) {
        try (InputStream content = Files.newInputStream(jar)) {
          put(to, "lib/" + jar.getFileName(), content);
        }
      }
      to.putNextEntry(new ZipEntry("bootstrap"));
      to.write((instance() + builder()).getBytes(StandardCharsets.UTF_8));
      to.closeEntry();
    }
  }

  /// Each instance has a folder of its own for temporary files, as on Lambda, for its log and for
  /// the id of its process.
  private String instance() {
    return """
    #!/bin/sh
    instance=$(mktemp -d "%s/$_HANDLER.XXXXXX") && mkdir "$instance/tmp" || exit 1
    echo $$ >"$instance/pid"
    case ${CACHE_FOLDER-} in /tmp/*) export CACHE_FOLDER="$instance$CACHE_FOLDER" ;; esac
    export %s="$instance/calls"
    """
        .formatted(instances, CallRecorder.VARIABLE);
  }

  private String builder() {
    return """
    exec "%s" -Xmx%dm -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable \\
        -Djava.io.tmpdir="$instance/tmp" -D%s="%s" --enable-native-access=ALL-UNNAMED \\
        -cp "$LAMBDA_TASK_ROOT/lib/*:%s:%s" \\
        com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER" >"$instance/log" 2>&1
    """
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            BUILDER_HEAP,
            NATIVE_PROPERTY,
            shared.resolve(NATIVE),
            shared,
            runtimeInterfaceClient());
  }

  /// Of this test's own class path; the managed runtime and AWS's base image have it built in.
  private static String runtimeInterfaceClient() {
    List<String> all =
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    return all.stream()
        .filter(jar -> jar.contains("aws-lambda-java-"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void put(ZipOutputStream to, String name, InputStream content) throws IOException {
    to.putNextEntry(new ZipEntry(name));
    content.transferTo(to);
    to.closeEntry();
  }
}
