package imageservice.blackbox.deployed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The code of functions as the emulator runs it: what is shipped, and a program that prepares an
/// instance and starts it.
///
/// @param repository the checkout, with what is shipped built
/// @param instances gets a folder for each instance of a function
/// @param shared a folder for the class path of all of them
record FunctionCode(Path repository, Path instances, Path shared) {
  /// The program that starts functions, beside ours.
  private static final String SHIPPED = "bootstrap-as-shipped";

  /// Of a builder, in MiB: this machine need not have what the stack asks for.
  private static final int BUILDER_MEMORY = 1_024;

  /// The request functions' zip, every entry as it is; our own program prepares an instance and
  /// then starts the shipped one. It refuses to start with a start-up cache that does not fit, with
  /// which functions elsewhere would start slowly.
  void request(Path zip) throws IOException {
    Path shipped = repository.resolve("functions/target/package/functions.zip");
    Files.copy(shipped, zip, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem files = open(zip)) {
      replaceBootstrap(files, request());
    }
  }

  private String request() {
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
  }

  private void copy(String resource, String file) throws IOException {
    Path to = shared.resolve(file);
    Files.createDirectories(to.getParent());
    try (InputStream content =
        Objects.requireNonNull(CallRecorder.class.getClassLoader().getResourceAsStream(resource))) {
      Files.copy(content, to);
    }
  }

  /// What the Dockerfile puts into the builder's image below the task's root. Its programs have to
  /// stay programs.
  void builder(Path zip) throws IOException {
    Path image = repository.resolve("builder-container/target/image");
    Files.deleteIfExists(zip);
    try (FileSystem files = open(zip);
        Stream<Path> all = Files.walk(image)) {
      for (Path file : all.filter(file -> !file.equals(image)).sorted().toList()) {
        Path entry = files.getPath("/" + image.relativize(file));
        Files.copy(file, entry);
        Files.setPosixFilePermissions(entry, Files.getPosixFilePermissions(file));
      }
      replaceBootstrap(files, builder());
    }
  }

  private static FileSystem open(Path zip) throws IOException {
    return FileSystems.newFileSystem(
        URI.create("jar:" + zip.toUri()),
        Map.of("create", "true", "enablePosixFileAttributes", "true"));
  }

  private void replaceBootstrap(FileSystem files, String program) throws IOException {
    Files.move(files.getPath("bootstrap"), files.getPath(SHIPPED));
    Path ours = Files.writeString(files.getPath("bootstrap"), instance() + program);
    Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxr-xr-x"));
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

  /// As the stack does, which names the shipped program as the image's entry point and tells it the
  /// handler.
  private String builder() {
    return """
    export CLASSPATH="%s" AWS_LAMBDA_FUNCTION_MEMORY_SIZE=%d
    export JAVA_TOOL_OPTIONS="-XX:AOTMode=on -Djava.io.tmpdir=$instance/tmp"
    exec "$LAMBDA_TASK_ROOT/%s" "$_HANDLER" >"$instance/log" 2>&1
    """
        .formatted(shared, BUILDER_MEMORY, SHIPPED);
  }
}
