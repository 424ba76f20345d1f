package imageservice.formats.cpio;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lays an archive out around its files' contents, which are not read.
public final class CpioArchive {
  private static final int ALIGNMENT = 4;

  /// GNU cpio's default block size, to which it pads archives.
  private static final int BLOCK = 512;

  private CpioArchive() {}

  /// The archive of these entries, in the order of a recursive walk whatever order they are given
  /// in.
  ///
  /// @throws IllegalArgumentException where two entries have one name, or an entry's directory is
  ///   not among the entries
  public static Extents of(List<? extends CpioEntry> entries) {
    List<CpioEntry> walk = new ArrayList<>(entries);
    walk.sort(Comparator.comparing(e -> CpioName.walkKey(e.name()), Arrays::compareUnsigned));
    Map<String, Integer> links = directoryLinks(walk);
    Extents.Builder archive = Extents.builder();
    for (int ino = 0; ino < walk.size(); ino++) {
      CpioEntry entry = walk.get(ino);
      Blob body = body(entry);
      add(
          archive,
          header(entry, ino, links.getOrDefault(entry.name(), 1), body.length()),
          entry.name());
      archive.add(body).alignTo(ALIGNMENT);
    }
    add(archive, header(CpioName.TRAILER, 0, 0, 1, 0, 0), CpioName.TRAILER);
    return archive.alignTo(BLOCK).build();
  }

  /// Links of each directory: its own two and one of every directory in it.
  private static Map<String, Integer> directoryLinks(List<CpioEntry> walk) {
    Map<String, Integer> links = new HashMap<>();
    String before = "";
    for (CpioEntry entry : walk) {
      String name = entry.name();
      require(!name.equals(before), name, "is there twice");
      before = name;
      int slash = name.lastIndexOf('/');
      String parent = name.substring(0, Math.max(slash, 0));
      require(slash < 0 || links.containsKey(parent), name, "its directory is missing");
      if (entry instanceof CpioEntry.Directory) {
        links.computeIfPresent(parent, (p, count) -> count + 1);
        links.put(name, 2);
      }
    }
    return links;
  }

  private static Blob body(CpioEntry entry) {
    return switch (entry) {
      case CpioEntry.Directory ignored -> Extents.of();
      case CpioEntry.File file -> file.content();
      case CpioEntry.Symlink link -> Blob.of(link.target());
    };
  }

  private static CpioHeader header(CpioEntry entry, int ino, int nlink, long filesize) {
    int type =
        switch (entry) {
          case CpioEntry.Directory ignored -> CpioHeader.DIRECTORY;
          case CpioEntry.File ignored -> CpioHeader.FILE;
          case CpioEntry.Symlink ignored -> CpioHeader.SYMLINK;
        };
    return header(entry.name(), ino, type | entry.permissions(), nlink, entry.mtime(), filesize);
  }

  private static CpioHeader header(
      String name, long ino, int mode, int nlink, long mtime, long filesize) {
    int namesize = CpioName.encode(name).length;
    return new CpioHeader(ino, mode, 0, 0, nlink, mtime, filesize, 0, 0, 0, 0, namesize, 0);
  }

  private static void add(Extents.Builder archive, CpioHeader header, String name) {
    byte[] bytes = Arrays.copyOf(header.toBytes(), size(header));
    byte[] encoded = CpioName.encode(name);
    System.arraycopy(encoded, 0, bytes, CpioHeader.SIZE, encoded.length);
    archive.add(bytes);
  }

  private static int size(CpioHeader header) {
    return (int) Alignment.roundUp(CpioHeader.SIZE + header.namesize(), ALIGNMENT);
  }

  private static void require(boolean holds, String name, String reason) {
    if (!holds) {
      throw new IllegalArgumentException("entry " + name + ": " + reason);
    }
  }
}
