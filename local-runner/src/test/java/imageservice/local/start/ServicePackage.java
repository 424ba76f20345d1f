package imageservice.local.start;

import imageservice.packaging.PackageZip;
import imageservice.packaging.RuntimeImage;
import imageservice.packaging.StartPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Makes the folder of the service that needs nothing else to run, and its zip.
/// `local-runner/package` calls it.
final class ServicePackage {
  /// What the service's own classes need, and what its libraries use of the rest.
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.xml",
          "jdk.crypto.ec",
          "jdk.management",
          "jdk.net",
          "jdk.unsupported");

  private ServicePackage() {}

  /// Arguments: a folder with the service's jars; a folder to be zipped; the name of the service's
  /// folder in it, in which the files for people are already; a folder for what is needed
  /// meanwhile; and the zip.
  public static void main(String[] arguments) throws Exception {
    List<Path> jars = StartPackage.jars(Path.of(arguments[0]));
    Path root = Path.of(arguments[1]).toAbsolutePath();
    Path home = root.resolve(arguments[2]);
    Path work = Path.of(arguments[3]).toAbsolutePath();
    NeededModules.require(jars, MODULES);
    RuntimeImage.make(jars, MODULES, home.resolve(ServiceLaunch.RUNTIME), work);
    nativePart(home.resolve(ServiceLaunch.ZSTD));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path program = Files.writeString(bin.resolve("image-service"), ServiceLaunch.script());
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    LibraryLicences.gather(jars, home.resolve("legal"));
    ServiceTraining.run(home, Files.createDirectories(work.resolve("training")));
    PackageZip.write(root, Path.of(arguments[4]).toAbsolutePath());
  }

  /// The native part of zstd-jni, which would otherwise be written to `/tmp` by each process.
  private static void nativePart(Path file) throws IOException {
    String processor = StartPackage.architecture().equals("arm64") ? "aarch64" : "amd64";
    String version = com.github.luben.zstd.util.ZstdVersion.VERSION;
    String resource = "/linux/%s/libzstd-jni-%s.so".formatted(processor, version);
    try (InputStream content = ServicePackage.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new IOException("zstd-jni has no " + resource);
      }
      Files.createDirectories(file.getParent());
      Files.copy(content, file);
    }
  }
}
