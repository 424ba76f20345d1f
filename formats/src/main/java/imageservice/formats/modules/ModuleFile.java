package imageservice.formats.modules;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.List;

/// What the indexes need of one module. Its name is not among it: that is its path's. Texts have a
/// character for every byte.
///
/// @param exports symbols it offers
/// @param needs symbols it does not define itself, in the order depmod takes them up
/// @param aliases in the order of `.modinfo`, as the other two
public record ModuleFile(
    List<Export> exports,
    List<Need> needs,
    List<String> aliases,
    List<String> softDependencies,
    List<String> weakDependencies) {
  /// A symbol offered.
  ///
  /// @param crc of the symbol's type, 0 where the kernel has no symbol versions
  public record Export(String symbol, long crc) {}

  /// A symbol needed.
  ///
  /// @param crc the symbol's type is expected to have, 0 where the kernel has no symbol versions
  /// @param weak whether it may be missing
  public record Need(String symbol, long crc, boolean weak) {}

  /// Twice what the kernel allows symbols to have.
  static final int LONGEST_KEY = 1024;

  public ModuleFile {
    exports = List.copyOf(exports);
    needs = List.copyOf(needs);
    aliases = List.copyOf(aliases);
    softDependencies = List.copyOf(softDependencies);
    weakDependencies = List.copyOf(weakDependencies);
    exports.forEach(export -> requireKey(export.symbol()));
    needs.forEach(need -> requireKey(need.symbol()));
    aliases.forEach(ModuleFile::requireKey);
  }

  /// Reads a plain `.ko`.
  ///
  /// @throws imageservice.formats.MalformedException where it is none
  public static ModuleFile read(Blob file) throws IOException {
    return new ModuleReader(ElfFile.of(file)).read();
  }

  /// Whether an index can have it as a key: those of an index are no deeper than the longest key.
  static boolean isKey(String text) {
    return text.length() <= LONGEST_KEY && isAscii(text);
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > 0 && c < 0x80);
  }

  private static void requireKey(String text) {
    if (!isKey(text)) {
      throw new IllegalArgumentException("no key of an index: " + text);
    }
  }
}
