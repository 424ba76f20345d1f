package imageservice.builder.overlay;

import imageservice.formats.blob.Blob;
import imageservice.text.Shown;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an overlay's program wrote: sectors of the disk that are not zeros, and files.
///
/// @param raw runs of such sectors, by their place on the disk in bytes
/// @param files of the EFI system partition, by path
public record WrittenFirmware(SortedMap<Long, Blob> raw, SortedMap<String, Blob> files) {
  private static final int SECTOR = 512;
  private static final int BUFFER = 1 << 20;

  /// The folder that stands for the EFI system partition, in the sandbox's archive.
  private static final String SYSTEM_PARTITION = "./boot/EFI/";

  private static final String RAW = "disk/";
  private static final String FILES = "files/";

  /// Characters of a path that a message shows.
  private static final int LONGEST_PATH = 200;

  /// What the sandbox printed.
  ///
  /// @param start bytes of the disk, which come first
  static WrittenFirmware of(String overlay, Blob printed, long start) throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    Blob archive = Blob.slice(printed, start, printed.length() - start);
    for (PlainArchive.Entry entry : PlainArchive.read(archive)) {
      if (entry.isFile() && entry.path().startsWith(SYSTEM_PARTITION)) {
        files.put(entry.path().substring(SYSTEM_PARTITION.length()), entry.content());
      } else if (!isFolder(entry)) {
        throw ProgramReport.unfit(
            overlay,
            "wrote %s, and may write files to boot/EFI alone"
                .formatted(Shown.of(entry.path().substring(2), LONGEST_PATH)));
      }
    }
    return new WrittenFirmware(runs(Blob.slice(printed, 0, start)), files);
  }

  /// Folders are there for their files, and empty ones are left out.
  private static boolean isFolder(PlainArchive.Entry entry) {
    return entry.isFolder()
        && (entry.path().startsWith(SYSTEM_PARTITION) || SYSTEM_PARTITION.startsWith(entry.path()));
  }

  private static SortedMap<Long, Blob> runs(Blob disk) throws IOException {
    SortedMap<Long, Blob> runs = new TreeMap<>();
    long begin = -1;
    long position = 0;
    try (InputStream in = new BufferedInputStream(disk.open(), BUFFER)) {
      for (byte[] sector = in.readNBytes(SECTOR);
          sector.length > 0;
          sector = in.readNBytes(SECTOR)) {
        boolean isZero = Arrays.equals(sector, new byte[sector.length]);
        if (!isZero && begin < 0) {
          begin = position;
        } else if (isZero && begin >= 0) {
          runs.put(begin, Blob.slice(disk, begin, position - begin));
          begin = -1;
        }
        position += sector.length;
      }
    }
    if (begin >= 0) {
      runs.put(begin, Blob.slice(disk, begin, position - begin));
    }
    return runs;
  }

  /// Writes all of it to a file, the same for the same content.
  public Path keep(Path file) throws IOException {
    SortedMap<String, Blob> all = new TreeMap<>();
    raw.forEach((offset, content) -> all.put(RAW + offset, content));
    files.forEach((path, content) -> all.put(FILES + path, content));
    return PlainArchive.write(all, file);
  }

  /// Of what {@link #keep} wrote.
  public static WrittenFirmware read(Blob kept) throws IOException {
    SortedMap<Long, Blob> raw = new TreeMap<>();
    SortedMap<String, Blob> files = new TreeMap<>();
    for (PlainArchive.Entry entry : PlainArchive.read(kept)) {
      if (entry.path().startsWith(RAW)) {
        raw.put(Long.parseLong(entry.path().substring(RAW.length())), entry.content());
      } else {
        files.put(entry.path().substring(FILES.length()), entry.content());
      }
    }
    return new WrittenFirmware(raw, files);
  }
}
