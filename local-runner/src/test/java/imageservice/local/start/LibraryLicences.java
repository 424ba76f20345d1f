package imageservice.local.start;

import imageservice.packaging.Licences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The licence of each library: the text that its jar has, or a row of a table where it has none.
final class LibraryLicences {
  /// Rows: the beginning of a jar's name, a tab, its licence.
  private static final String TABLE = "libraries.tsv";

  private LibraryLicences() {}

  /// Refuses a library whose licence nobody told.
  ///
  /// @param folder has the table and gets the texts
  static void gather(List<Path> jars, Path folder) throws IOException {
    Licences.copy(jars, folder);
    List<String> rows =
        Files.readAllLines(folder.resolve(TABLE)).stream()
            .filter(row -> !row.isBlank() && !row.startsWith("#"))
            .map(row -> row.substring(0, row.indexOf('\t')))
            .toList();
    List<String> silent = new ArrayList<>();
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      boolean isTold =
          Files.exists(folder.resolve(name)) || rows.stream().anyMatch(name::startsWith);
      if (!isTold && !OwnJar.is(jar)) {
        silent.add(name);
      }
    }
    if (!silent.isEmpty()) {
      throw new IOException(
          "no licence is known of " + silent + "; add a row to src/distribution/legal/" + TABLE);
    }
  }
}
