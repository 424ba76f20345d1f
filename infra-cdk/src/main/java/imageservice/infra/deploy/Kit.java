package imageservice.infra.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// GRUB's boot code for the builder's image: what was made before, or is made now.
///
/// @param given by whoever deploys
record Kit(Surroundings surroundings, Optional<Path> given) {
  boolean isThere() {
    return Files.exists(folder().resolve("kit.json"));
  }

  boolean mustBeMade() {
    return given.isEmpty() && !isThere();
  }

  Path folder() {
    return given.orElse(surroundings.cache().resolve("grub-kit"));
  }

  /// Makes it where it is not there.
  Path make(Programs programs) throws DeployException, InterruptedException {
    if (mustBeMade()) {
      Path script = surroundings.repository().resolve("grub-kit/make-grub-kit");
      int status =
          programs.run(
              surroundings.repository(), List.of(script.toString(), "--out", folder().toString()));
      if (status != 0) {
        throw new DeployException("GRUB's boot code was not made, see above; run ./deploy again");
      }
    }
    return folder();
  }
}
