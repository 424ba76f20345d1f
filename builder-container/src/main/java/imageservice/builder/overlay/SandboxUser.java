package imageservice.builder.overlay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The machine's user that a sandbox belongs to: that of the service, or nobody where that is root,
/// whose processes Linux does not count.
///
/// @param id user and group
/// @param isOther whether the service has to become this user
record SandboxUser(int id, boolean isOther) {
  static final int NOBODY = 65534;

  /// proc(5)
  private static final Path PROCESSES = Path.of("/proc");

  static SandboxUser here() throws IOException {
    int own = (Integer) Files.getAttribute(PROCESSES.resolve("self"), "unix:uid");
    return own == 0 ? new SandboxUser(NOBODY, true) : new SandboxUser(own, false);
  }

  /// How many threads the user has now.
  long threads() throws IOException {
    try (Stream<Path> processes = Files.list(PROCESSES)) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .mapToLong(process -> threads(process.resolve("status")))
          .sum();
    }
  }

  private long threads(Path status) {
    try {
      List<String> lines = Files.readAllLines(status, StandardCharsets.ISO_8859_1);
      boolean own = field(lines, "Uid:").filter(Integer.toString(id)::equals).isPresent();
      return own ? field(lines, "Threads:").map(Long::parseLong).orElse(0L) : 0;
    } catch (IOException e) {
      return 0; // the process has ended
    }
  }

  /// The first value of a line.
  private static Optional<String> field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split("\\s", 2)[0])
        .findFirst();
  }
}
