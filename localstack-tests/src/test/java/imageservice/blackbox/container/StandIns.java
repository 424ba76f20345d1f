package imageservice.blackbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stand-ins for the two images that the Dockerfile asks for, as there is no registry here to pull
/// them from: Debian 13 out of Debian's own packages, and the same, for AWS's `lambda/java:25`,
/// with AWS's names for folders and an entry point that the builder does without.
///
/// @param engine gets them
/// @param folder to work in
record StandIns(Engine engine, Path folder) {
  static final String DEBIAN = "localhost/debian:13";
  static final String LAMBDA = "localhost/lambda/java:25";

  private static final String SUITE = "trixie";

  private static final String CONTAINERFILE =
      """
      FROM %s
      ENV LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime
      WORKDIR /var/task
      ENTRYPOINT ["/bin/false"]
      """
          .formatted(DEBIAN);

  void make() throws IOException, InterruptedException {
    engine.load(debian(), DEBIAN);
    Path context = Files.createDirectories(folder.resolve("lambda"));
    Path containerfile = Files.writeString(context.resolve("Containerfile"), CONTAINERFILE);
    engine.build(LAMBDA, containerfile, context);
  }

  /// Made once for all runs on this machine.
  private Path debian() throws IOException, InterruptedException {
    Path kept = cache().resolve("debian-" + SUITE + ".tar");
    if (Files.notExists(kept)) {
      Path made = Files.createTempFile(Files.createDirectories(cache()), "debian", ".tar");
      List<String> command =
          new ArrayList<>(List.of("mmdebstrap", "--quiet", "--variant=apt", SUITE));
      command.add(made.toString());
      Optional.ofNullable(System.getenv("DEB_MIRROR")).ifPresent(command::add);
      succeed(command);
      Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
    }
    return kept;
  }

  private void succeed(List<String> command) throws IOException, InterruptedException {
    Command.Result result = Command.run(folder, command);
    assertThat(result.status()).as("%s: %s", command, result.output()).isZero();
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("image-service");
  }
}
