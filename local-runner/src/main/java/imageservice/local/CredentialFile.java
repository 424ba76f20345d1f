package imageservice.local;

import imageservice.builder.oci.Credential;
import imageservice.builder.oci.DockerConfig;
import imageservice.builder.oci.RegistryPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file with credentials for registries.
///
/// @param named by the person; must be there
/// @param standard where Docker keeps its own; used without a named one, if it is there
record CredentialFile(Optional<Path> named, Path standard) {
  /// Docker's file.
  ///
  /// @param folder the value of `DOCKER_CONFIG`
  static Path standard(@Nullable String folder, Path home) {
    Path docker = folder == null || folder.isBlank() ? home.resolve(".docker") : Path.of(folder);
    return docker.resolve("config.json");
  }

  Credential find(RegistryPrefix prefix) throws CommandException {
    if (named.isEmpty() && !Files.exists(standard)) {
      return new Credential.Anonymous();
    }
    Path file = named.orElse(standard);
    try {
      return DockerConfig.find(Files.readAllBytes(file), prefix);
    } catch (IOException e) {
      throw refused(file, Reason.of(e));
    } catch (IllegalArgumentException e) {
      throw refused(file, String.valueOf(e.getMessage()));
    }
  }

  private static CommandException refused(Path file, String reason) {
    return new CommandException(
        "the credentials in %s cannot be used: %s; mend the file, or name another with %s"
            .formatted(file, reason, Credential.SWITCH));
  }
}
