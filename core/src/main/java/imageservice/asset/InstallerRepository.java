package imageservice.asset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The repository of an installer's container images, as clients of a registry name it. Its text is
/// the one spelling under which images are stored, `metal-installer`.
public record InstallerRepository(Platform platform, boolean secureBoot) {
  private static final String INSTALLER = "installer";
  private static final String SUFFIX = "-" + INSTALLER;

  /// The repository with this name, in any spelling: `installer` is that of metal, and as names of
  /// repositories have no capitals, `equinixmetal-installer` is that of Equinix Metal.
  public static Optional<InstallerRepository> parse(String name) {
    boolean secureBoot = name.endsWith(Target.SECURE_BOOT);
    String plain =
        secureBoot ? name.substring(0, name.length() - Target.SECURE_BOOT.length()) : name;
    return platform(plain).map(platform -> new InstallerRepository(platform, secureBoot));
  }

  private static Optional<Platform> platform(String name) {
    if (name.equals(INSTALLER)) {
      return Optional.of(Platform.METAL);
    }
    if (!name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String text = name.substring(0, name.length() - SUFFIX.length());
    return Platform.parse(text)
        .or(() ->
            Arrays.stream(Platform.values())
                .filter(platform -> platform.toString().toLowerCase(Locale.ROOT).equals(text))
                .findFirst());
  }

  @Override
  public String toString() {
    return platform + SUFFIX + (secureBoot ? Target.SECURE_BOOT : "");
  }
}
