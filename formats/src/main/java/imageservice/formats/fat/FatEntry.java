package imageservice.formats.fat;

import java.nio.charset.StandardCharsets;

/// A node of the tree to be written.
public sealed interface FatEntry permits FatDirectory, FatFile {
  /// Limit of a long name, in UTF-16 units.
  int MAX_NAME = 255;

  String name();

  /// Refuses what a long name cannot hold, and what readers would not give back: they drop dots and
  /// spaces at the end.
  ///
  /// @throws IllegalArgumentException naming the name
  static void requireName(String name) {
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || name.endsWith(".")
        || name.endsWith(" ")
        || name.startsWith(" ")
        || name.chars().anyMatch(c -> c < ' ' || c == 0x7F || "\"*/:<>?\\|".indexOf(c) >= 0)
        || !StandardCharsets.UTF_16LE.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException("not a FAT file name: \"" + name + "\"");
    }
  }
}
