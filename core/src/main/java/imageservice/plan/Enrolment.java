package imageservice.plan;

import java.util.Locale;
import java.util.Optional;

/// How a medium for secure boot brings its keys into the firmware.
///
/// @param wellKnown whether Microsoft's certificates come with them; never where the operator gave
///   the files
public record Enrolment(Mode mode, boolean wellKnown) {
  /// When systemd-boot enrols the keys of a medium: `secure-boot-enroll` in `loader.conf` (systemd,
  /// loader.conf(5)).
  public enum Mode {
    OFF,
    MANUAL,
    IF_SAFE,
    FORCE;

    /// As `loader.conf` and configurations write it.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The mode that a configuration asks for; empty where the text is none.
    ///
    /// @param text empty for the default
    static Optional<Mode> parse(String text) {
      if (text.isEmpty()) {
        return Optional.of(IF_SAFE);
      }
      for (Mode mode : values()) {
        if (mode.toString().equals(text)) {
          return Optional.of(mode);
        }
      }
      return Optional.empty();
    }
  }
}
