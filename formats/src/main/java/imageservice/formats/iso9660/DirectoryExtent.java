package imageservice.formats.iso9660;

import imageservice.formats.iso9660.Node.Folder;
import imageservice.formats.iso9660.Node.Leaf;
import imageservice.formats.struct.Alignment;
import imageservice.formats.struct.Struct;
import java.util.ArrayList;
import java.util.List;

/// The records of one directory (ECMA-119 9.1) and the continuation areas behind them. Sizes are
/// known before anything has its place.
final class DirectoryExtent {
  /// Where things ended up.
  interface Placement {
    LogicalBlock block(Node node);

    /// Bytes of a folder's records, or of a file.
    long length(Node node);
  }

  /// The longest extent of a file that is whole blocks: a length is 32 bits.
  static final long MAX_SECTION = 0xFFFF_F800L;

  private static final int HEADER = 33;
  private static final int MAX_RECORD = 254;
  private static final int DIRECTORY = 1 << 1;
  private static final int MULTI_EXTENT = 1 << 7;

  /// A directory record to be: of "." or ".." where `dots` says so.
  private record Entry(Dots dots, SystemUse use, Node node, long sectionOffset, boolean more) {
    byte[] identifier() {
      return switch (dots) {
        case SELF -> new byte[] {0};
        case PARENT -> new byte[] {1};
        case NONE -> node.identifier().bytes();
      };
    }

    int length() {
      return evenHeader(identifier()) + Math.toIntExact(Alignment.roundUp(use.length(), 2));
    }
  }

  private enum Dots {
    SELF,
    PARENT,
    NONE
  }

  private final byte[] date;
  private final List<Entry> entries = new ArrayList<>();
  private final long length;
  private final long continuationLength;

  DirectoryExtent(Tree tree, Folder folder, long epochSeconds) {
    this.date = IsoDate.recorded(epochSeconds);
    RockRidge rockRidge = new RockRidge(epochSeconds);
    addSelfAndParent(tree, folder, rockRidge);
    tree.children(folder).forEach(node -> addChild(tree, node, rockRidge));
    long records = 0;
    long continuations = 0;
    for (Entry entry : entries) {
      records = start(records, entry.length()) + entry.length();
      int continuation = entry.use().continuationLength();
      continuations = start(continuations, continuation) + continuation;
    }
    this.length = Alignment.roundUp(records, LogicalBlock.SIZE);
    this.continuationLength = Alignment.roundUp(continuations, LogicalBlock.SIZE);
  }

  /// Bytes of the directory, whole blocks.
  long length() {
    return length;
  }

  /// Bytes of the directory and of the continuation areas right behind it, whole blocks.
  long lengthWithContinuations() {
    return length + continuationLength;
  }

  byte[] toBytes(LogicalBlock own, Placement placement) {
    byte[] bytes = new byte[Math.toIntExact(lengthWithContinuations())];
    long at = 0;
    long continuationAt = length;
    for (Entry entry : entries) {
      byte[] continuation = entry.use().continuation();
      continuationAt = start(continuationAt, continuation.length);
      byte[] record = record(entry, own, continuationAt, placement);
      at = start(at, record.length);
      System.arraycopy(record, 0, bytes, (int) at, record.length);
      System.arraycopy(continuation, 0, bytes, (int) continuationAt, continuation.length);
      at += record.length;
      continuationAt += continuation.length;
    }
    return bytes;
  }

  private void addSelfAndParent(Tree tree, Folder folder, RockRidge rockRidge) {
    Folder parent = tree.parent(folder);
    int links = links(tree, folder);
    int mode = folder.directory().mode();
    SystemUse self =
        folder.number() == 1
            ? rockRidge.root(mode, links, folder.serial())
            : rockRidge.self(mode, links, folder.serial());
    SystemUse above =
        rockRidge.self(parent.directory().mode(), links(tree, parent), parent.serial());
    entries.add(new Entry(Dots.SELF, self, folder, 0, false));
    entries.add(new Entry(Dots.PARENT, above, parent, 0, false));
  }

  private void addChild(Tree tree, Node node, RockRidge rockRidge) {
    byte[] identifier = node.identifier().bytes();
    byte[] name = IsoEntry.nameBytes(node.name());
    int room = MAX_RECORD - evenHeader(identifier);
    switch (node) {
      case Folder folder ->
          entries.add(
              new Entry(
                  Dots.NONE,
                  rockRidge.directory(
                      name, folder.directory().mode(), links(tree, folder), node.serial(), room),
                  node,
                  0,
                  false));
      case Leaf leaf -> {
        SystemUse use = rockRidge.file(name, leaf.file().mode(), node.serial(), room);
        long total = leaf.file().content().length();
        for (long offset = 0; offset == 0 || offset < total; offset += MAX_SECTION) {
          entries.add(new Entry(Dots.NONE, use, node, offset, offset + MAX_SECTION < total));
        }
      }
    }
  }

  /// Its own record, its name in the parent, and ".." of every folder in it.
  private static int links(Tree tree, Folder folder) {
    return 2 + (int) tree.children(folder).stream().filter(Folder.class::isInstance).count();
  }

  /// The next place for something that may not cross a block (ECMA-119 6.8.1.1, SUSP 5.1).
  private static long start(long at, int length) {
    int left = Alignment.padding(at, LogicalBlock.SIZE);
    return length > left && left > 0 ? at + left : at;
  }

  private byte[] record(Entry entry, LogicalBlock own, long continuationAt, Placement placement) {
    byte[] identifier = entry.identifier();
    SystemUse use = entry.use();
    long rest = placement.length(entry.node()) - entry.sectionOffset();
    int padding = evenHeader(identifier) - HEADER - identifier.length;
    Struct record =
        Struct.littleEndian(entry.length())
            .u8("Length of Directory Record", entry.length())
            .u8("Extended Attribute Record Length", 0)
            .bytes(
                "Location of Extent",
                BothEndian.u32(placement.block(entry.node()).after(entry.sectionOffset()).number()))
            .bytes("Data Length", BothEndian.u32(entry.more() ? MAX_SECTION : rest))
            .bytes("Recording Date and Time", date)
            .u8("File Flags", flags(entry))
            .u8("File Unit Size", 0)
            .u8("Interleave Gap Size", 0)
            .bytes("Volume Sequence Number", BothEndian.u16(1))
            .u8("Length of File Identifier", identifier.length)
            .bytes("File Identifier", identifier)
            .zeros("Padding Field", padding)
            .bytes("System Use", use.inline());
    if (use.continues()) {
      int offset = (int) (continuationAt % LogicalBlock.SIZE);
      LogicalBlock block = own.plus(continuationAt / LogicalBlock.SIZE);
      record.bytes("CE", RockRidge.ce(block, offset, use.continuationLength()));
    }
    return record.zeros("Padding to an even length", use.length() % 2).toBytes();
  }

  private static int flags(Entry entry) {
    return switch (entry.node()) {
      case Folder ignored -> DIRECTORY;
      case Leaf ignored -> entry.more() ? MULTI_EXTENT : 0;
    };
  }

  private static int evenHeader(byte[] identifier) {
    return Math.toIntExact(Alignment.roundUp(HEADER + identifier.length, 2));
  }
}
