package imageservice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageZipTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theSameFilesGiveTheSameBytesWhateverTheirTimes() throws IOException {
    Path files = folder.resolve("files");
    Files.createDirectories(files.resolve("lib"));
    Files.writeString(files.resolve("lib/modules"), "image");
    Path program = Files.writeString(files.resolve("bootstrap"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x---"));
    PackageZip.write(files, folder.resolve("one.zip"));
    Files.setLastModifiedTime(program, FileTime.fromMillis(0));
    PackageZip.write(files, folder.resolve("two.zip"));
    assertThat(folder.resolve("one.zip")).hasSameBinaryContentAs(folder.resolve("two.zip"));
  }

  @Test
  void programsStayProgramsAndNothingCanBeWritten() throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.createDirectory(files.resolve("lib"));
    Files.writeString(files.resolve("modules"), "image");
    Path program = Files.writeString(files.resolve("bootstrap"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Path zip = folder.resolve("package.zip");
    PackageZip.write(files, zip);
    try (FileSystem content =
        FileSystems.newFileSystem(
            URI.create("jar:" + zip.toUri()), Map.of("enablePosixFileAttributes", "true"))) {
      assertThat(permissions(content.getPath("bootstrap"))).isEqualTo("r-xr-xr-x");
      assertThat(permissions(content.getPath("modules"))).isEqualTo("r--r--r--");
      assertThat(permissions(content.getPath("lib"))).isEqualTo("rwxr-xr-x"); // it can be deleted
    }
  }

  private static String permissions(Path entry) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(entry));
  }
}
