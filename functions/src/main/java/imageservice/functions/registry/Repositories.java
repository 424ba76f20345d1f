package imageservice.functions.registry;

import imageservice.asset.InstallerRepository;
import imageservice.asset.SourceRepository;
import imageservice.configuration.ConfigurationId;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Finds the repository that a path names.
///
/// @param proxiesSources whether images of the source are passed on
public record Repositories(ConfigurationStore configurations, boolean proxiesSources) {
  /// What a path is read as.
  sealed interface Outcome {}

  /// A repository that may be asked.
  record Named(Repository repository) implements Outcome {}

  /// @param error why there is none
  record Unknown(Response error) implements Outcome {}

  /// Reads `{image}` and `{id}`.
  Outcome named(Request request, Map<String, String> segments) throws IOException {
    String image = segment(segments, "image");
    String id = segment(segments, "id");
    return image.equals(SourceRepository.NAMESPACE) ? source(request, id) : installers(image, id);
  }

  private Outcome source(Request request, String name) {
    if (!proxiesSources) {
      return new Unknown(RegistryHandler.unknown(request));
    }
    return SourceRepository.parse(name)
        .<Outcome>map(repository -> new Named(new Repository.Source(repository)))
        .orElseGet(() ->
            new Unknown(
                RegistryErrors.of(RegistryErrors.Code.NAME_UNKNOWN, "unknown image: " + name)));
  }

  private Outcome installers(String image, String id) throws IOException {
    Optional<InstallerRepository> installer = InstallerRepository.parse(image);
    Optional<ConfigurationId> configuration = ConfigurationId.parse(id);
    if (installer.isEmpty()) {
      return new Unknown(
          RegistryErrors.of(
              RegistryErrors.Code.NAME_INVALID,
              "invalid image: \"%s\"; there are installer, PLATFORM-installer, and both with -secureboot"
                  .formatted(image)));
    }
    if (configuration.isEmpty()) {
      return unknown(id, "an id has 64 hex digits");
    }
    return configurations.find(configuration.get()).isPresent()
        ? new Named(
            new Repository.Installers(image + "/" + id, installer.get(), configuration.get()))
        : unknown(id, "POST the configuration to /schematics first, which answers its id");
  }

  static Response invalidDigest(String text) {
    return RegistryErrors.of(
        RegistryErrors.Code.DIGEST_INVALID,
        "not a digest: \"%s\"; write sha256: and 64 hex digits".formatted(text));
  }

  private static Unknown unknown(String id, String advice) {
    return new Unknown(
        RegistryErrors.of(
            RegistryErrors.Code.NAME_UNKNOWN,
            "schematic ID \"%s\" not found; %s".formatted(id, advice)));
  }

  static String segment(Map<String, String> segments, String name) {
    return Optional.ofNullable(segments.get(name)).orElseThrow();
  }
}
