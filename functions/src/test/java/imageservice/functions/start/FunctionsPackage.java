package imageservice.functions.start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Makes the package of the functions that starts quickly, for Lambda's OS-only runtime:
/// `bootstrap`, a runtime image with the functions in it, and a start-up cache that fits exactly
/// this image. `functions/package` calls it.
final class FunctionsPackage {
  private final Path folder;
  private final Path root;

  private FunctionsPackage(Path folder) {
    this.folder = folder;
    this.root = folder.resolve("root");
  }

  /// Arguments: the zip that Maven made, a folder with its jars and the runtime interface client's,
  /// a folder with classes of this package, and a folder that gets the package.
  public static void main(String[] arguments) throws Exception {
    FunctionsPackage made = new FunctionsPackage(Path.of(arguments[3]).toAbsolutePath());
    made.image(list(Path.of(arguments[1])));
    Training.run(made.root, Path.of(arguments[2]).toAbsolutePath(), made.folder.resolve("log"));
    PackageZip.write(made.root, made.folder.resolve("functions.zip"));
    made.describe(Path.of(arguments[0]));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private void image(List<Path> jars) throws IOException {
    Path module = folder.resolve("module");
    ServiceModule.write(jars, module);
    Files.createDirectories(root);
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
        root.resolve(Launch.RUNTIME).toString());
    TrustedRoots.keep(root.resolve(Launch.RUNTIME).resolve("lib/security/cacerts"));
    nativePart();
    Path bootstrap = Files.writeString(root.resolve("bootstrap"), Launch.bootstrap());
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    Licences.copy(jars, root.resolve("legal"));
  }

  private static void run(String tool, String... arguments) throws IOException {
    int status = ToolProvider.findFirst(tool).orElseThrow().run(System.err, System.err, arguments);
    if (status != 0) {
      throw new IOException(tool + " failed: " + status);
    }
  }

  /// The native part of the runtime interface client, which would otherwise be written to `/tmp` at
  /// each start.
  private void nativePart() throws IOException {
    String processor = architecture().equals("arm64") ? "aarch_64" : "x86_64";
    String resource = "/jni/libaws-lambda-jni.linux-" + processor + ".so";
    try (InputStream content = FunctionsPackage.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IOException("the runtime interface client has no " + resource);
      }
      Files.copy(content, root.resolve(Launch.NATIVE));
    }
  }

  /// What the stack has to know, beside the zip.
  private void describe(Path plain) throws IOException {
    Files.writeString(
        folder.resolve("functions.properties"),
        """
        # of functions.zip in this folder
        runtime=provided.al2023
        architecture=%s
        java=%s
        # SHA-256 of the zip without a runtime that it was made of
        made-of=%s
        """
            .formatted(architecture(), System.getProperty("java.runtime.version"), sha256(plain)));
    delete(folder.resolve("module"));
  }

  /// As Lambda calls this machine's.
  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
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
