package imageservice.formats.squashfs.reader;

import static imageservice.formats.squashfs.reader.ImageBytes.require;

import imageservice.formats.blob.Blob;
import imageservice.formats.squashfs.SquashfsFormat;
import imageservice.formats.squashfs.SquashfsPath;
import imageservice.formats.squashfs.reader.SquashfsMember.Directory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a file system of any writer, and of it only what is asked for. A few blocks are kept, so
/// that memory does not grow with the image. Several threads may read at once.
public final class SquashfsReader {
  /// Is shown every member of a subtree.
  @FunctionalInterface
  public interface Visitor {
    void visit(SquashfsMember member) throws IOException;
  }

  /// More than any directory of a system has.
  private static final int MAX_ENTRIES = 1 << 20;

  private final ReadSuperblock superblock;
  private final MetadataBlocks blocks;
  private final InodeReader inodes;
  private final Optional<XattrReader> xattrs;

  private SquashfsReader(
      ReadSuperblock superblock,
      MetadataBlocks blocks,
      InodeReader inodes,
      Optional<XattrReader> xattrs) {
    this.superblock = superblock;
    this.blocks = blocks;
    this.inodes = inodes;
    this.xattrs = xattrs;
  }

  /// The file system in this image, which may be padded.
  ///
  /// @throws imageservice.formats.MalformedException where it is none, or one this cannot read; so
  ///   do all other methods
  public static SquashfsReader open(Blob image) throws IOException {
    ReadSuperblock superblock = ReadSuperblock.of(image);
    ImageBytes bytes = new ImageBytes(image, superblock.bytesUsed());
    MetadataBlocks blocks = new MetadataBlocks(bytes, superblock.decoder());
    LookupTable ids =
        new LookupTable("id table", bytes, blocks, superblock.idTable(), superblock.ids(), 4);
    InodeReader inodes = new InodeReader(superblock, blocks, ids, data(superblock, bytes, blocks));
    Optional<XattrReader> xattrs =
        superblock.xattrTable() == SquashfsFormat.NO_TABLE
            ? Optional.empty()
            : Optional.of(XattrReader.at(superblock.xattrTable(), bytes, blocks));
    return new SquashfsReader(superblock, blocks, inodes, xattrs);
  }

  private static DataBlocks data(
      ReadSuperblock superblock, ImageBytes bytes, MetadataBlocks blocks) {
    long index = superblock.fragmentTable();
    LookupTable fragments =
        new LookupTable("fragment table", bytes, blocks, index, superblock.fragments(), 16);
    return new DataBlocks(bytes, superblock.decoder(), superblock.blockSize(), fragments);
  }

  public Directory root() throws IOException {
    SquashfsMember root = inodes.at(superblock.rootInode()).member("");
    if (root instanceof Directory directory) {
      return directory;
    }
    throw ImageBytes.malformed("root_inode", 32, "is no directory");
  }

  /// What is at a path without leading slash, itself, even where it is a link; no link on the way
  /// there is followed.
  public Optional<SquashfsMember> find(String path) throws IOException {
    Optional<SquashfsMember> found = Optional.of(root());
    if (path.isEmpty()) {
      return found;
    }
    SquashfsPath.check(path);
    for (String name : path.split("/", -1)) {
      found =
          found.isPresent() && found.get() instanceof Directory directory
              ? child(directory, name)
              : Optional.empty();
    }
    return found;
  }

  /// What a directory holds, sorted by the bytes of the names.
  public List<SquashfsMember> list(Directory directory) throws IOException {
    List<SquashfsMember> members = new ArrayList<>();
    ListingReader listing = listing(directory);
    for (Optional<ListingReader.Item> item = listing.next();
        item.isPresent();
        item = listing.next()) {
      require(
          members.size() < MAX_ENTRIES,
          "directory",
          superblock.directoryTable(),
          "has more than " + MAX_ENTRIES + " entries");
      members.add(member(directory, item.get()));
    }
    return members;
  }

  /// What a directory of this name holds there.
  Optional<SquashfsMember> child(Directory directory, String name) throws IOException {
    ListingReader listing = listing(directory);
    for (Optional<ListingReader.Item> item = listing.next();
        item.isPresent();
        item = listing.next()) {
      if (item.get().name().equals(name)) {
        return Optional.of(member(directory, item.get()));
      }
    }
    return Optional.empty();
  }

  /// Shows all that is below a directory, directories before what they hold, each directory's
  /// members sorted by the bytes of their names.
  public void walk(Directory top, Visitor visitor) throws IOException {
    Set<Long> seen = new HashSet<>(Set.of(top.attributes().inode()));
    Deque<Iterator<SquashfsMember>> open = new ArrayDeque<>();
    open.push(list(top).iterator());
    while (!open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        continue;
      }
      SquashfsMember member = open.peek().next();
      visitor.visit(member);
      if (member instanceof Directory directory) {
        require(
            seen.add(directory.attributes().inode()),
            "directory",
            superblock.directoryTable(),
            "is there twice: " + directory.path());
        open.push(list(directory).iterator());
      }
    }
  }

  /// The extended attributes of a member by their full names, such as `security.selinux`.
  public Map<String, Blob> xattrs(SquashfsMember member) throws IOException {
    long number = inodes.at(member.attributes().inode()).xattr();
    if (number == SquashfsFormat.NO_XATTR) {
      return Map.of();
    }
    require(
        xattrs.isPresent(), "xattr", superblock.inodeTable(), "of an inode, but there is no table");
    return xattrs.get().set(number);
  }

  private ListingReader listing(Directory directory) throws IOException {
    ReadInode inode = inodes.at(directory.attributes().inode());
    if (!(inode.body() instanceof ReadInode.Names names)) {
      throw new IllegalArgumentException("no directory of this image: " + directory.path());
    }
    MetadataCursor in = blocks.cursor("directory", superblock.directoryTable(), names.listing());
    return new ListingReader(in, names.size());
  }

  private SquashfsMember member(Directory directory, ListingReader.Item item) throws IOException {
    String path = directory.path().isEmpty() ? item.name() : directory.path() + "/" + item.name();
    require(
        SquashfsPath.bytes(path).length <= SquashfsPath.MAX,
        "directory",
        superblock.directoryTable(),
        "a path is longer than " + SquashfsPath.MAX + " bytes");
    ReadInode inode = inodes.at(item.inode());
    require(
        inode.type() == item.type(),
        "type",
        superblock.directoryTable(),
        "of %s is %d, of its inode %d".formatted(path, item.type(), inode.type()));
    return inode.member(path);
  }
}
