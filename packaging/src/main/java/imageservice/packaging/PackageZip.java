package imageservice.packaging;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Packs a folder: entries in the order of their names, at one time, and with no permission but to
/// read and, where a file has it, to run; whoever unpacks it can delete it. The same files give the
/// same bytes.
public final class PackageZip {
  /// 1980-01-01 of UTC, the first day that a zip can tell.
  private static final FileTime TIME = FileTime.fromMillis(315_532_800_000L);

  private static final Set<PosixFilePermission> READ = PosixFilePermissions.fromString("r--r--r--");
  private static final Set<PosixFilePermission> RUN = PosixFilePermissions.fromString("r-xr-xr-x");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private PackageZip() {}

  public static void write(Path folder, Path zip) throws IOException {
    Files.deleteIfExists(zip);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> !file.equals(folder)).sorted().toList();
    }
    try (FileSystem to =
        FileSystems.newFileSystem(
            URI.create("jar:" + zip.toUri()),
            Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
      for (Path file : files) {
        add(file, to.getPath("/" + folder.relativize(file)));
      }
    }
  }

  /// A folder's entry comes before those of what it holds.
  private static void add(Path file, Path entry) throws IOException {
    Files.copy(file, entry);
    Files.setPosixFilePermissions(entry, permissions(file));
    Files.setLastModifiedTime(entry, TIME);
  }

  private static Set<PosixFilePermission> permissions(Path file) {
    if (Files.isDirectory(file)) {
      return FOLDER;
    }
    return Files.isExecutable(file) ? RUN : READ;
  }
}
