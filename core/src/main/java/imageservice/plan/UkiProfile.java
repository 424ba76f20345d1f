package imageservice.plan;

import java.util.Optional;

/// A profile of a UKI: one of its boot menu entries (UAPI.5, `.profile`).
///
/// @param title in the boot menu; empty for the main profile
/// @param appended text that follows the UKI's command line verbatim; empty for the main profile,
///   which uses the UKI's command line
public record UkiProfile(String id, Optional<String> title, Optional<String> appended) {
  public static final UkiProfile MAIN = new UkiProfile("main", Optional.empty(), Optional.empty());
}
