package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What `package` leaves of the whole service.
final class Distribution {
  static final Path REPOSITORY =
      Path.of(System.getProperty("repository.folder", "..")).toAbsolutePath().normalize();

  private static final Path TARGET = REPOSITORY.resolve("local-runner/target");

  private Distribution() {}

  /// Unpacks the zip as people do.
  ///
  /// @return the one folder that is in it
  static Path unpack(Path folder) throws IOException, InterruptedException {
    Command.succeed(folder, List.of("unzip", "-q", zip().toString()));
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found = all.toList();
      if (found.size() != 1) {
        throw new IOException("not one folder: " + found);
      }
      return found.getFirst();
    }
  }

  static Path zip() throws IOException {
    try (Stream<Path> all = Files.list(TARGET)) {
      return required(
          "zip of the distribution",
          all.filter(file -> file.getFileName().toString().matches("image-service-.*-linux-.*zip"))
              .toList());
    }
  }

  /// The archive of the container image.
  static Path image() throws IOException {
    Path image = TARGET.resolve("jib-image.tar");
    return required("container image", Files.exists(image) ? List.of(image) : List.of());
  }

  /// One that is missing fails where judges are required, and is skipped, loudly, elsewhere.
  private static Path required(String what, List<Path> found) {
    if (found.isEmpty() && Boolean.getBoolean("judges.required")) {
      Assertions.fail("no " + what + ": ./mvnw package -Dcontainer leaves it");
    }
    Assumptions.assumeFalse(found.isEmpty(), "SKIPPED: no " + what);
    return found.getFirst();
  }
}
