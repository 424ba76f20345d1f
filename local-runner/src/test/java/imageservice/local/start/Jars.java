package imageservice.local.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Jars for tests.
final class Jars {
  /// What jars of this project have.
  static final String OWN = "META-INF/maven/imageservice/core/pom.properties";

  private Jars() {}

  /// @param content names, each before its content, a character for a byte
  static Path write(Path jar, String... content) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (int i = 0; i < content.length; i += 2) {
        out.putNextEntry(new ZipEntry(content[i]));
        out.write(content[i + 1].getBytes(StandardCharsets.ISO_8859_1));
        out.closeEntry();
      }
    }
    return jar;
  }

  static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
