package imageservice.local.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/// Tells jars of this project from those of libraries.
final class OwnJar {
  /// Where Maven tells of which project a jar is.
  private static final String DESCRIPTOR = "META-INF/maven/imageservice/";

  private OwnJar() {}

  static boolean is(Path jar) throws IOException {
    try (ZipFile opened = new ZipFile(jar.toFile())) {
      return opened.stream().anyMatch(entry -> entry.getName().startsWith(DESCRIPTOR));
    }
  }
}
