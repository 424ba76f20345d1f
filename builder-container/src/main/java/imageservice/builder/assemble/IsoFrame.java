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

/// What every ISO has around its files: the volume, a tail, and room for a GPT.
final class IsoFrame {
  /// Blocks of 2048 bytes behind the files. GRUB and BIOSes read ahead of what they are asked for,
  /// and a CD that ends there makes them fail: 300 KiB, as mkisofs leaves. A backup GPT is the last
  /// of it.
  static final int TAIL_BLOCKS = 150;

  /// The first sector of 512 bytes behind the system area.
  static final Lba FIRST_USABLE = new Lba(IsoLayout.SYSTEM_AREA / SectorSize.OF_512.bytes());

  /// Permissions of files and of the folders they lie in.
  record Modes(int folder, int file) {
    /// Of what nobody can write to.
    static final Modes READ_ONLY = new Modes(0555, 0444);

    /// Of what lies in a folder of its owner.
    static final Modes WRITABLE = new Modes(0755, 0644);
  }

  private IsoFrame() {}

  static IsoVolume volume(VolumeLabel label) {
    return new IsoVolume(
        label.volumeId(), label.volumeSetId(), "", "IMAGE SERVICE", "", Epoch.SECONDS);
  }

  static IsoDirectory tree(Map<String, Blob> contents, Modes modes) {
    Map<String, IsoFile> files = new LinkedHashMap<>();
    contents.forEach((path, content) -> {
      int mode = path.equals(SystemdBootFiles.RANDOM_SEED) ? 0444 : modes.file();
      files.put(path, new IsoFile(path.substring(path.lastIndexOf('/') + 1), content, mode));
    });
    return IsoDirectory.ofPaths(modes.folder(), files);
  }

  /// A GPT in system area and tail.
  static GptGeometry geometry(IsoLayout layout) {
    return new GptGeometry(
        SectorSize.OF_512,
        layout.length() / SectorSize.OF_512.bytes(),
        GptGeometry.STANDARD_ENTRIES,
        new Lba(2),
        FIRST_USABLE,
        1);
  }

  static Blob tail() {
    return Extents.builder().zeros((long) TAIL_BLOCKS * LogicalBlock.SIZE).build();
  }

  /// The tail with the backup GPT, up to the last byte.
  static Blob tail(GptTable table) {
    Extents backup = table.backup();
    return Extents.builder()
        .zeros((long) TAIL_BLOCKS * LogicalBlock.SIZE - backup.length())
        .add(backup)
        .build();
  }
}
