package imageservice.formats.iso9660;

import java.util.List;

/// Everything that decides the layout of a volume.
///
/// @param boot in the order of the boot catalog; none for a volume that does not boot
/// @param tailBlocks blocks at the end that the caller fills when encoding, for a backup GPT
public record IsoContents(
    IsoVolume volume,
    IsoDirectory root,
    List<BootEntry> boot,
    List<AppendedRange> appended,
    int tailBlocks) {
  public IsoContents {
    boot = List.copyOf(boot);
    appended = List.copyOf(appended);
    if (!root.name().isEmpty()) {
      throw new IllegalArgumentException("the root is called \"" + root.name() + "\"");
    }
    if (boot.size() > BootCatalog.MAX_ENTRIES) {
      throw new IllegalArgumentException(boot.size() + " boot entries");
    }
    if (tailBlocks < 0) {
      throw new IllegalArgumentException("a tail of " + tailBlocks + " blocks");
    }
  }
}
