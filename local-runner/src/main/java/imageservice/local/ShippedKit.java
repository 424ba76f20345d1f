package imageservice.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The GRUB kit that a distribution brings along.
final class ShippedKit {
  /// The property by which a program names the folder that it is in, with `grub-kit` below.
  static final String HOME = "imageservice.home";

  private ShippedKit() {}

  /// @param home the distribution's folder; null where this is none
  static Optional<Path> of(@Nullable String home) {
    return Optional.ofNullable(home)
        .map(folder -> Path.of(folder, "grub-kit", "kit"))
        .filter(kit -> Files.exists(kit.resolve("kit.json")));
  }
}
