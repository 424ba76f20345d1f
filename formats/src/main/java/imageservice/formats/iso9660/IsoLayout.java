package imageservice.formats.iso9660;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.iso9660.Node.Folder;
import imageservice.formats.iso9660.Node.Leaf;
import imageservice.formats.struct.Struct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where everything on a volume lies: a function of {@link IsoContents} that reads no content.
public final class IsoLayout {
  /// Bytes of the system area, ECMA-119 6.2.1.
  public static final int SYSTEM_AREA = 16 * LogicalBlock.SIZE;

  static final LogicalBlock PRIMARY_DESCRIPTOR = new LogicalBlock(16);

  private final IsoContents contents;
  private final Tree tree;
  private final LogicalBlock pathTable;
  private final long pathTableLength;
  private final List<DirectoryExtent> directories;
  private final List<LogicalBlock> directoryBlocks = new ArrayList<>();
  private final LogicalBlock catalog;
  private final Map<String, LogicalBlock> files = new HashMap<>();
  private final Map<String, Leaf> leaves = new HashMap<>();
  private final List<LogicalBlock> appended = new ArrayList<>();
  private final LogicalBlock tail;

  private IsoLayout(IsoContents contents) {
    this.contents = contents;
    this.tree = Tree.of(contents.root());
    this.pathTable = PRIMARY_DESCRIPTOR.plus(contents.boot().isEmpty() ? 2 : 3);
    this.pathTableLength = PathTable.length(tree.folders());
    long epoch = contents.volume().epochSeconds();
    this.directories =
        tree.folders().stream().map(folder -> new DirectoryExtent(tree, folder, epoch)).toList();
    this.catalog = placeDirectories(pathTable.after(pathTableLength).after(pathTableLength));
    this.tail = placeAppended(placeFiles(catalog.plus(contents.boot().isEmpty() ? 0 : 1)));
    contents.boot().forEach(this::placed);
  }

  public static IsoLayout of(IsoContents contents) {
    return new IsoLayout(contents);
  }

  /// Where a file starts. Files of no bytes share their place with whatever follows.
  ///
  /// @param path without a leading slash
  public LogicalBlock block(String path) {
    LogicalBlock block = files.get(path);
    if (block == null) {
      throw new IllegalArgumentException("no file " + path + " on the volume");
    }
    return block;
  }

  /// Where an appended range starts.
  public LogicalBlock appendedBlock(int index) {
    return appended.get(index);
  }

  /// Bytes of the whole medium.
  public long length() {
    return tail.plus(contents.tailBlocks()).offset();
  }

  public IsoContents contents() {
    return contents;
  }

  /// The medium.
  ///
  /// @param systemArea the first {@value #SYSTEM_AREA} bytes
  /// @param tail content of the last blocks, as long as asked for in {@link IsoContents}
  /// @param replaced contents, by path, that were not known before the layout was; of the lengths
  ///   the layout was made with. Boot information tables are put into these.
  /// @throws IOException where a boot image cannot be read for its checksum
  public Extents encode(byte[] systemArea, Blob tail, Map<String, Blob> replaced)
      throws IOException {
    requireLength("system area", systemArea.length, SYSTEM_AREA);
    requireLength("tail", tail.length(), (long) contents.tailBlocks() * LogicalBlock.SIZE);
    Map<String, Blob> changed = new HashMap<>(replaced);
    replaced.forEach((path, blob) -> requireLength(path, blob.length(), leaf(path).length()));
    for (BootEntry entry : contents.boot()) {
      if (entry.bootInfoTable() && entry.image() instanceof BootEntry.BootImage.InTree file) {
        Blob image = changed.getOrDefault(file.path(), leaf(file.path()));
        LogicalBlock own = block(file.path());
        changed.put(file.path(), BootInfoTable.applied(image, PRIMARY_DESCRIPTOR, own));
      }
    }
    Extents.Builder out = Extents.builder().add(systemArea);
    addMetadata(out);
    addContents(out, changed);
    at(out, this.tail).add(tail);
    requireLength("medium", out.position(), length());
    return out.build();
  }

  private LogicalBlock placeDirectories(LogicalBlock start) {
    LogicalBlock next = start;
    for (DirectoryExtent directory : directories) {
      directoryBlocks.add(next);
      next = next.after(directory.lengthWithContinuations());
    }
    return next;
  }

  private LogicalBlock placeFiles(LogicalBlock start) {
    LogicalBlock next = start;
    for (Leaf leaf : tree.leaves()) {
      files.put(leaf.path(), next);
      leaves.put(leaf.path(), leaf);
      next = next.after(leaf.file().content().length());
    }
    return next;
  }

  private LogicalBlock placeAppended(LogicalBlock start) {
    LogicalBlock next = start;
    for (AppendedRange range : contents.appended()) {
      long unit = range.alignment() / LogicalBlock.SIZE;
      LogicalBlock aligned = new LogicalBlock(Math.ceilDiv(next.number(), unit) * unit);
      appended.add(aligned);
      next = aligned.after(range.content().length());
    }
    return next;
  }

  private BootCatalog.Entry placed(BootEntry entry) {
    return switch (entry.image()) {
      case BootEntry.BootImage.InTree file ->
          new BootCatalog.Entry(entry, block(file.path()), leaf(file.path()).length());
      case BootEntry.BootImage.Appended range -> {
        if (range.index() < 0 || range.index() >= appended.size()) {
          throw new IllegalArgumentException("no appended range " + range.index());
        }
        long length = contents.appended().get(range.index()).content().length();
        yield new BootCatalog.Entry(entry, appended.get(range.index()), length);
      }
    };
  }

  private void addMetadata(Extents.Builder out) {
    at(out, PRIMARY_DESCRIPTOR)
        .add(
            VolumeDescriptors.primary(
                contents.volume(),
                tail.plus(contents.tailBlocks()).number(),
                pathTable,
                pathTableLength,
                directoryBlocks.getFirst(),
                directories.getFirst().length()));
    if (!contents.boot().isEmpty()) {
      out.add(VolumeDescriptors.bootRecord(catalog));
    }
    out.add(VolumeDescriptors.terminator());
    at(out, pathTable).add(PathTable.toBytes(tree.folders(), this::block, Struct::littleEndian));
    at(out, pathTable.after(pathTableLength))
        .add(PathTable.toBytes(tree.folders(), this::block, Struct::bigEndian));
    for (int i = 0; i < directories.size(); i++) {
      LogicalBlock own = directoryBlocks.get(i);
      at(out, own).add(directories.get(i).toBytes(own, new Places()));
    }
    if (!contents.boot().isEmpty()) {
      at(out, catalog)
          .add(BootCatalog.toBytes(contents.boot().stream().map(this::placed).toList()));
    }
  }

  private void addContents(Extents.Builder out, Map<String, Blob> changed) {
    for (Leaf leaf : tree.leaves()) {
      at(out, block(leaf.path()))
          .add(leaf.path(), changed.getOrDefault(leaf.path(), leaf.file().content()));
    }
    for (int i = 0; i < appended.size(); i++) {
      at(out, appended.get(i))
          .add("appended partition " + (i + 1), contents.appended().get(i).content());
    }
  }

  private LogicalBlock block(Folder folder) {
    return directoryBlocks.get(folder.number() - 1);
  }

  private Blob leaf(String path) {
    Leaf leaf = leaves.get(path);
    if (leaf == null) {
      throw new IllegalArgumentException("no file " + path + " on the volume");
    }
    return leaf.file().content();
  }

  /// The medium up to a block, refusing to be past it already.
  private static Extents.Builder at(Extents.Builder out, LogicalBlock block) {
    return out.zerosTo(block.offset());
  }

  private static void requireLength(String what, long length, long expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          "%s of %d bytes, laid out for %d".formatted(what, length, expected));
    }
  }

  private final class Places implements DirectoryExtent.Placement {
    @Override
    public LogicalBlock block(Node node) {
      return switch (node) {
        case Folder folder -> IsoLayout.this.block(folder);
        case Leaf leaf -> IsoLayout.this.block(leaf.path());
      };
    }

    @Override
    public long length(Node node) {
      return switch (node) {
        case Folder folder -> directories.get(folder.number() - 1).length();
        case Leaf leaf -> leaf.file().content().length();
      };
    }
  }
}
