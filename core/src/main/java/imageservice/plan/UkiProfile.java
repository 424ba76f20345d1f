package imageservice.plan;

import java.util.Optional;

/// One way to boot a unified kernel image (UAPI.5, `.profile`).
///
/// @param title for the boot menu; empty for the main profile
/// @param commandLine in place of the image's own; empty for the main profile
public record UkiProfile(String id, Optional<String> title, Optional<String> commandLine) {
  public static final UkiProfile MAIN = new UkiProfile("main", Optional.empty(), Optional.empty());
}
