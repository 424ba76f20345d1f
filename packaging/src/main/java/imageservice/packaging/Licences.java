package imageservice.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// What jars say about their licences, which goes where their classes go.
public final class Licences {
  private static final String META_INF = "META-INF/";
  private static final String NAMES = META_INF + "[^/]*(LICENSE|NOTICE)[^/]*";

  private Licences() {}

  /// @param folder gets a folder for each jar that has any
  public static void copy(List<Path> jars, Path folder) throws IOException {
    for (Path jar : jars) {
      try (ZipFile opened = new ZipFile(jar.toFile())) {
        List<? extends ZipEntry> texts =
            opened.stream().filter(entry -> entry.getName().matches(NAMES)).toList();
        for (ZipEntry text : texts) {
          copy(opened, text, folder.resolve(jar.getFileName()));
        }
      }
    }
  }

  private static void copy(ZipFile jar, ZipEntry text, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (InputStream content = jar.getInputStream(text)) {
      Files.copy(content, folder.resolve(text.getName().substring(META_INF.length())));
    }
  }
}
