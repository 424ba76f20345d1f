package imageservice.formats.cpio;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import imageservice.formats.tree.PathTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    PathTree<CpioEntry> root =
        PathTree.of(
            PathTree.byPath(entries, CpioEntry::name),
            CpioEntry.Directory.class::isInstance,
            PathTree.Implied.ROOT);
    List<PathTree<CpioEntry>> walk = new ArrayList<>();
    walk(root, walk);
    Extents.Builder archive = Extents.builder();
    for (int ino = 0; ino < walk.size(); ino++) {
      CpioEntry entry = walk.get(ino).entry().orElseThrow();
      Blob body = body(entry);
      add(archive, header(entry, ino, links(walk.get(ino)), body.length()), entry.name());
      archive.add(entry.name(), body).alignTo(ALIGNMENT);
    }
    add(archive, header(CpioName.TRAILER, 0, 0, 1, 0, 0), CpioName.TRAILER);
    return archive.alignTo(BLOCK).build();
  }

  /// Adds all that is below a place, a directory before what is in it.
  private static void walk(PathTree<CpioEntry> place, List<PathTree<CpioEntry>> walk) {
    for (PathTree<CpioEntry> child : place.children()) {
      walk.add(child);
      walk(child, walk);
    }
  }

  /// Links of a directory are its own two and one of every directory in it.
  private static int links(PathTree<CpioEntry> place) {
    long directories = place.children().stream().filter(CpioArchive::isDirectory).count();
    return isDirectory(place) ? 2 + (int) directories : 1;
  }

  private static boolean isDirectory(PathTree<CpioEntry> place) {
    return place.entry().filter(CpioEntry.Directory.class::isInstance).isPresent();
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
}
