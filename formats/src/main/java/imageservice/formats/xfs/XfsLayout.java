package imageservice.formats.xfs;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Where everything in a file system lies: a function of names and lengths that reads no content.
/// Contents lie in the order of their inodes, each in the first group that holds all of it.
public final class XfsLayout {
  private record Placed(Node node, Fork fork) {}

  private final XfsVolume volume;
  private final Geometry geometry;
  private final List<Placed> placed = new ArrayList<>();
  private final List<Group> groups;

  private XfsLayout(XfsVolume volume, List<Node> nodes) {
    this.volume = volume;
    this.geometry = volume.geometry();
    int inodes = Numbering.FIXED - 1 + nodes.size();
    FreeSpace space = new FreeSpace(geometry, chunks(inodes));
    requireRoom(nodes, space);
    for (Node node : nodes) {
      placed.add(new Placed(node, fork(node, space)));
    }
    this.groups =
        IntStream.range(0, Geometry.GROUPS)
            .mapToObj(
                i -> new Group(geometry, volume.uuid(), i, space.ranges(i), i == 0 ? inodes : 0))
            .toList();
  }

  /// Places every directory and file. The root directory is an entry too, with an empty path.
  ///
  /// @throws IllegalArgumentException where the entries make no tree or do not fit
  public static XfsLayout of(XfsVolume volume, Collection<? extends XfsEntry> entries) {
    return new XfsLayout(volume, Numbering.of(volume.geometry().rootInode(), entries));
  }

  /// The file system, {@link XfsVolume#length} bytes.
  public Extents encode() {
    SortedMap<Long, Piece> pieces = new TreeMap<>();
    groups.forEach(
        group -> pieces.put(geometry.offset(group.block(0)), new Piece("", head(group))));
    pieces.put(
        geometry.offset(geometry.log()), new Piece("log", Blob.of(LogRecord.toBytes(volume))));
    pieces.put(
        geometry.offset(groups.getFirst().block(geometry.inodes())), new Piece("inodes", inodes()));
    placed.forEach(place -> addContent(place, pieces));
    Extents.Builder out = Extents.builder();
    pieces.forEach((offset, piece) -> out.zerosTo(offset).add(piece.name(), piece.content()));
    return out.zerosTo(volume.length()).build();
  }

  /// One leaf lists all chunks.
  private static int chunks(int inodes) {
    int chunks = Math.ceilDiv(inodes, Geometry.CHUNK);
    int most = BtreeBlock.capacity(InodeChunk.SIZE);
    if (chunks > most) {
      throw new IllegalArgumentException(
          "%d files and directories, this writer holds %d"
              .formatted(
                  inodes - Numbering.FIXED + 1, most * Geometry.CHUNK - Numbering.FIXED + 1));
    }
    return chunks;
  }

  private void requireRoom(List<Node> nodes, FreeSpace space) {
    long wanted = nodes.stream().mapToLong(XfsLayout::blocks).sum();
    if (wanted > space.available()) {
      throw new IllegalArgumentException(
          "the contents need %d blocks of %d bytes, a volume of %d bytes has %d for them"
              .formatted(wanted, Geometry.BLOCK, volume.length(), space.available()));
    }
  }

  private static Fork fork(Node node, FreeSpace space) {
    return node.entry() instanceof XfsEntry.Directory && shortForm(node).fits()
        ? shortForm(node)
        : space.take(blocks(node));
  }

  /// Blocks outside of the inode.
  private static long blocks(Node node) {
    return switch (node.entry()) {
      case XfsEntry.File file -> Math.ceilDiv(file.content().length(), Geometry.BLOCK);
      case XfsEntry.Directory ignored when shortForm(node).fits() -> 0;
      case XfsEntry.Directory ignored when blockForm(node).fits() -> 1;
      case XfsEntry.Directory directory ->
          throw new IllegalArgumentException(
              "directory \"%s\": its %d names do not fit one block of %d bytes, which is all that this writer makes"
                  .formatted(directory.path(), node.links().size(), Geometry.BLOCK));
    };
  }

  private static ShortDirectory shortForm(Node node) {
    return new ShortDirectory(node.parent(), node.links());
  }

  private static BlockDirectory blockForm(Node node) {
    return BlockDirectory.of(node.inode(), node.parent(), node.links());
  }

  /// A group's headers and trees.
  private Blob head(Group group) {
    Extents.Builder head =
        Extents.builder()
            .add(Superblock.toBytes(volume, groups))
            .add(GroupHeaders.freeSpace(group))
            .add(GroupHeaders.inodes(group))
            .add(GroupHeaders.spares(group))
            .alignTo(Geometry.BLOCK);
    for (Btree tree : Btree.values()) {
      head.add(BtreeBlock.toBytes(group, tree));
    }
    return head.build();
  }

  /// All chunks, as the inodes that nothing uses must be there too.
  private Blob inodes() {
    long root = geometry.rootInode();
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    table.writeBytes(inode(placed.getFirst()).toBytes(volume));
    table.writeBytes(Inode.realtimeBitmap(root + 1).toBytes(volume));
    table.writeBytes(Inode.realtimeSummary(root + 2).toBytes(volume));
    placed.stream().skip(1).forEach(place -> table.writeBytes(inode(place).toBytes(volume)));
    Group first = groups.getFirst();
    for (int i = first.inodes(); i < first.allocatedInodes(); i++) {
      table.writeBytes(Inode.unused(volume, root + i));
    }
    return Blob.of(table.toByteArray());
  }

  private static Inode inode(Placed place) {
    Node node = place.node();
    int permissions = node.entry().permissions();
    int mode =
        permissions
            | switch (node.entry()) {
              case XfsEntry.Directory ignored -> Inode.DIRECTORY;
              case XfsEntry.File ignored -> Inode.FILE;
            };
    return new Inode(node.inode(), mode, node.linkCount(), size(place), 0, place.fork());
  }

  private static long size(Placed place) {
    return switch (place.node().entry()) {
      case XfsEntry.File file -> file.content().length();
      case XfsEntry.Directory ignored ->
          place.fork() instanceof ShortDirectory inside ? inside.size() : Geometry.BLOCK;
    };
  }

  /// Puts what lies outside of the inode to its place. Something that lies outside of the inodes.
  ///
  /// @param name by which people know it; empty where it has none
  private record Piece(String name, Blob content) {}

  private void addContent(Placed place, SortedMap<Long, Piece> pieces) {
    if (place.fork() instanceof Mapping mapping) {
      for (FileExtent run : mapping.runs()) {
        pieces.put(
            geometry.offset(run.start()),
            new Piece(place.node().entry().path(), content(place.node(), run)));
      }
    }
  }

  private Blob content(Node node, FileExtent run) {
    return switch (node.entry()) {
      case XfsEntry.File file -> {
        long offset = run.offset() * Geometry.BLOCK;
        long rest = file.content().length() - offset;
        yield Blob.slice(file.content(), offset, Math.min(rest, run.length() * Geometry.BLOCK));
      }
      case XfsEntry.Directory ignored ->
          Blob.of(blockForm(node).toBytes(volume.uuid(), geometry.basicBlock(run.start())));
    };
  }
}
