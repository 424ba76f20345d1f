package imageservice.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The boot loaders that a configuration may ask for.
public enum Bootloader {
  DUAL_BOOT("dual-boot"),
  SD_BOOT("sd-boot"),
  GRUB("grub");

  private final String spelling;

  Bootloader(String spelling) {
    this.spelling = spelling;
  }

  /// The boot loader that `text` spells in any letter case.
  public static Optional<Bootloader> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(loader -> loader.spelling.equals(lower)).findFirst();
  }

  /// The spelling in documents.
  @Override
  public String toString() {
    return spelling;
  }
}
