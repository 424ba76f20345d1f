package imageservice.release;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where the images are that catalogues name. A source's prefix stands for one organisation,
/// `ghcr.io/siderolabs/`, so what a catalogue calls `siderolabs/gvisor` is `gvisor` below the
/// prefix, wherever the prefix leads. Another organisation's images are not below it: there is no
/// repository for them.
public final class CatalogueNames {
  private static final String ORGANISATION = "siderolabs/";
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+";
  private static final Pattern NAME = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")++");
  private static final int MAX_LENGTH = 255;

  private CatalogueNames() {}

  /// The repository below the source's prefix of a name such as `siderolabs/gvisor`; nothing for
  /// other organisations and for what is no name.
  public static Optional<String> repository(String name) {
    return isName(name) && name.startsWith(ORGANISATION)
        ? Optional.of(name.substring(ORGANISATION.length()))
        : Optional.empty();
  }

  /// Whether this is a repository within an organisation: OCI distribution specification, pulling
  /// manifests.
  public static boolean isName(String text) {
    return text.length() <= MAX_LENGTH && NAME.matcher(text).matches();
  }
}
