package imageservice.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/// Makes the folder of functions that start quickly: `bootstrap`, a runtime image with the
/// functions in it, and a start-up cache that fits exactly this image.
///
/// @param launch how they start
/// @param modules the JDK's modules that the jars' classes need; what of them only needs others is
///   not used
/// @param callsAwsAlone whether certificate authorities that certify AWS are enough
public record StartPackage(Launch launch, List<String> modules, boolean callsAwsAlone) {
  /// @param jars those of the functions and of the runtime interface client
  /// @param root gets the package
  /// @param work a folder for what is needed meanwhile, and for the log of the training
  public void make(List<Path> jars, Path root, Path work, Training training)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    RuntimeImage.make(jars, modules, root.resolve(Launch.RUNTIME), work);
    if (callsAwsAlone) {
      TrustedRoots.keep(root.resolve(Launch.RUNTIME).resolve("lib/security/cacerts"));
    }
    nativePart(root);
    Path bootstrap = Files.writeString(root.resolve("bootstrap"), launch.bootstrap());
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    Licences.copy(jars, root.resolve("legal"));
    training.run(launch, root, work.resolve("log"));
  }

  /// The jars of a folder, in the order of their names.
  public static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /// As Lambda calls this machine's processor.
  public static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
  }

  /// The native part of the runtime interface client, which would otherwise be written to `/tmp` at
  /// each start.
  private static void nativePart(Path root) throws IOException {
    String processor = architecture().equals("arm64") ? "aarch_64" : "x86_64";
    String resource = "/jni/libaws-lambda-jni.linux-" + processor + ".so";
    try (InputStream content = StartPackage.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IOException("the runtime interface client has no " + resource);
      }
      Files.copy(content, root.resolve(Launch.NATIVE));
    }
  }
}
