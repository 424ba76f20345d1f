package imageservice.infra.deploy;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the commands take from their environment.
///
/// @param environment `AWS_…`, `PATH`, `HOME`, `XDG_CACHE_HOME`; for tests `DEPLOY_LEAST_NODE` and
///   `DEPLOY_REGISTRY`
/// @param repository the checkout
record Surroundings(Map<String, String> environment, Path repository) {
  /// Those of this process. The script that starts it says where the checkout is.
  static Surroundings ofThisProcess() {
    return new Surroundings(System.getenv(), Path.of(System.getProperty("repository", ".")));
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /// Where things are kept between runs.
  Path cache() {
    return variable("XDG_CACHE_HOME")
        .map(Path::of)
        .orElse(Path.of(variable("HOME").orElse("/tmp"), ".cache"))
        .resolve("image-service");
  }

  boolean isLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  /// One URL for all of AWS's services, where it is not AWS's own.
  Optional<URI> endpoint() {
    return variable("AWS_ENDPOINT_URL").map(URI::create);
  }

  boolean hasProgram(String name) {
    for (String folder : variable("PATH").orElse("").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }
}
