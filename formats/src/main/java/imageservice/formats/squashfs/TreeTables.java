package imageservice.formats.squashfs;

import static java.util.Objects.requireNonNull;

import imageservice.formats.struct.Struct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a tree's inodes and directories, children before parents.
final class TreeTables {
  private final Map<String, DataArea.FileData> files;
  private final XattrTable xattrs;
  private final MetadataTable inodes;
  private final MetadataTable directories;
  private final MetadataTable lookup;

  /// @param files where the contents of all files are, by path
  TreeTables(SquashfsCompression compression, Map<String, DataArea.FileData> files) {
    this.files = files;
    this.xattrs = new XattrTable(compression);
    this.inodes = new MetadataTable(compression);
    this.directories = new MetadataTable(compression);
    this.lookup = new MetadataTable(compression);
  }

  MetadataTable inodes() {
    return inodes;
  }

  MetadataTable directories() {
    return directories;
  }

  /// Inodes by number, for export over NFS.
  MetadataTable lookup() {
    return lookup;
  }

  XattrTable xattrs() {
    return xattrs;
  }

  /// Writes the tree and returns the position of its root's inode. The root's parent is one more
  /// than all inodes, as mksquashfs has it.
  long add(SquashfsNode root) throws IOException {
    return add(root, root.number() + 1L);
  }

  private long add(SquashfsNode node, long parent) throws IOException {
    @Nullable String label = node.entry().attributes().selinux();
    long xattr = label == null ? SquashfsFormat.NO_XATTR : xattrs.id(label);
    Inode inode = new Inode(node.entry().attributes(), node.number(), xattr);
    byte[] bytes =
        switch (node.entry()) {
          case SquashfsEntry.Directory ignored -> directory(node, inode, parent);
          case SquashfsEntry.File file ->
              inode.file(requireNonNull(files.get(file.path())).stored());
          case SquashfsEntry.Symlink link -> inode.symlink(link.target());
        };
    long position = inodes.append(bytes);
    lookup.append(Struct.littleEndian(8).u64("inode", position).toBytes());
    return position;
  }

  private byte[] directory(SquashfsNode node, Inode inode, long parent) throws IOException {
    List<Listing.Item> items = new ArrayList<>();
    long subdirectories = 0;
    for (SquashfsNode child : node.children()) {
      int type = type(child.entry());
      subdirectories += type == SquashfsFormat.DIRECTORY ? 1 : 0;
      items.add(new Listing.Item(child.name(), type, child.number(), add(child, node.number())));
    }
    byte[] listing = Listing.of(items);
    return inode.directory(directories.append(listing), listing.length, subdirectories, parent);
  }

  private static int type(SquashfsEntry entry) {
    return switch (entry) {
      case SquashfsEntry.Directory ignored -> SquashfsFormat.DIRECTORY;
      case SquashfsEntry.File ignored -> SquashfsFormat.FILE;
      case SquashfsEntry.Symlink ignored -> SquashfsFormat.SYMLINK;
    };
  }
}
