package imageservice.builder.assemble;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.gpt.GptGeometry;
import imageservice.formats.gpt.GptTable;
import imageservice.formats.iso9660.IsoDirectory;
import imageservice.formats.iso9660.IsoFile;
import imageservice.formats.iso9660.IsoLayout;
import imageservice.formats.iso9660.IsoVolume;
import imageservice.formats.iso9660.LogicalBlock;
import imageservice.formats.medium.Lba;
import imageservice.formats.medium.SectorSize;
import imageservice.plan.Epoch;
import imageservice.plan.VolumeLabel;
import java.util.LinkedHashMap;
import java.util.Map;

/// What every ISO has around its files: the volume's description, a tail, and room for a GPT.
final class IsoFrame {
  /// Blocks of 2048 bytes behind the files. GRUB and BIOSes read ahead and fail where the CD ends,
  /// so 300 KiB follow, as mkisofs leaves. A backup GPT lies at the tail's end.
  static final int TAIL_BLOCKS = 150;

  /// The first sector of 512 bytes behind the system area.
  static final Lba FIRST_USABLE = new Lba(IsoLayout.SYSTEM_AREA / SectorSize.OF_512.bytes());

  /// Permissions of folders and files.
  ///
  /// @param signed those of what is signed, and of keys
  record Modes(int folder, int file, int signed) {
    /// Read-only.
    static final Modes READ_ONLY = new Modes(0555, 0444, 0444);

    /// Writable for the owner.
    static final Modes WRITABLE = new Modes(0755, 0644, 0644);

    /// What the reference's signer writes is the owner's alone.
    static final Modes SIGNED = new Modes(0755, 0644, 0600);

    private int of(String path) {
      if (path.equals(SystemdBootFiles.RANDOM_SEED)) {
        return 0444;
      }
      return path.startsWith("EFI/") || path.startsWith(SystemdBootFiles.UPDATES) ? signed : file;
    }
  }

  private IsoFrame() {}

  static IsoVolume volume(VolumeLabel label) {
    return new IsoVolume(
        label.volumeId(), label.volumeSetId(), "", "IMAGE SERVICE", "", Epoch.SECONDS);
  }

  static IsoDirectory tree(Map<String, Blob> contents, Modes modes) {
    Map<String, IsoFile> files = new LinkedHashMap<>();
    contents.forEach((path, content) -> {
      String name = path.substring(path.lastIndexOf('/') + 1);
      files.put(path, new IsoFile(name, content, modes.of(path)));
    });
    return IsoDirectory.ofPaths(modes.folder(), files);
  }

  /// The geometry of a GPT whose primary table lies in the system area, its backup in the tail.
  static GptGeometry geometry(IsoLayout layout) {
    return new GptGeometry(
        SectorSize.OF_512,
        layout.length() / SectorSize.OF_512.bytes(),
        GptGeometry.STANDARD_ENTRIES,
        new Lba(2),
        FIRST_USABLE,
        1);
  }

  /// The tail of a medium without a GPT.
  static Blob tail() {
    return Extents.builder().zeros((long) TAIL_BLOCKS * LogicalBlock.SIZE).build();
  }

  /// The tail, which the backup GPT ends.
  static Blob tail(GptTable table) {
    Extents backup = table.backup();
    return Extents.builder()
        .zeros((long) TAIL_BLOCKS * LogicalBlock.SIZE - backup.length())
        .add(backup)
        .build();
  }
}
