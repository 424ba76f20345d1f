package imageservice.functions.registry;

import imageservice.asset.InstallerRepository;
import imageservice.configuration.ConfigurationId;
import imageservice.functions.configuration.ConfigurationStore;
import imageservice.functions.http.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// The repository that a path names: an installer of one configuration.
///
/// @param name as the client wrote it, `metal-installer/<id>`
record Repository(String name, InstallerRepository installer, ConfigurationId id) {
  /// What a path is read as.
  sealed interface Outcome {}

  /// A repository that may be asked.
  record Named(Repository repository) implements Outcome {}

  /// @param error why there is none
  record Unknown(Response error) implements Outcome {}

  /// Reads `{image}` and `{id}`. Whether the configuration is known is another question.
  static Outcome of(Map<String, String> segments) {
    String image = segment(segments, "image");
    String id = segment(segments, "id");
    Optional<InstallerRepository> installer = InstallerRepository.parse(image);
    Optional<ConfigurationId> configuration = ConfigurationId.parse(id);
    if (installer.isEmpty()) {
      return new Unknown(
          RegistryErrors.of(
              RegistryErrors.Code.NAME_INVALID,
              "invalid image: \"%s\"; there are installer, PLATFORM-installer, and both with -secureboot"
                  .formatted(image)));
    }
    return configuration.isEmpty()
        ? unknown(id, "an id has 64 hex digits")
        : new Named(new Repository(image + "/" + id, installer.get(), configuration.get()));
  }

  /// The same, with a look at whether the configuration is known.
  static Outcome known(Map<String, String> segments, ConfigurationStore configurations)
      throws IOException {
    return of(segments) instanceof Named(Repository named)
        ? named.known(configurations)
        : of(segments);
  }

  Outcome known(ConfigurationStore configurations) throws IOException {
    return configurations.find(id).isPresent()
        ? new Named(this)
        : unknown(id.hex(), "POST the configuration to /schematics first, which answers its id");
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
