package imageservice.plan;

import java.util.Optional;

/// One way to boot a unified kernel image (UAPI.5, `.profile`).
///
/// @param title for the boot menu; empty for the main profile
/// @param appended what follows the image's own command line, verbatim; empty for the main profile,
///   which has no line of its own
public record UkiProfile(String id, Optional<String> title, Optional<String> appended) {
  public static final UkiProfile MAIN = new UkiProfile("main", Optional.empty(), Optional.empty());
}
