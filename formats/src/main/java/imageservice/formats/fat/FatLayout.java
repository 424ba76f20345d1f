package imageservice.formats.fat;

import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.fat.FatTree.Folder;
import imageservice.formats.fat.FatTree.Leaf;
import imageservice.formats.medium.Lba;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where everything in a file system lies: a function of names and lengths that reads no content.
public final class FatLayout {
  private final FatGeometry geometry;
  private final FatVolume volume;
  private final FatTree tree;
  private final FatTable table;

  /// First clusters by path; 0 for what has none.
  private final Map<String, Long> clusters = new HashMap<>();

  private FatLayout(FatGeometry geometry, FatVolume volume, FatDirectory root) {
    this.geometry = geometry;
    this.volume = volume;
    this.tree = FatTree.of(root);
    long rootLength = tree.folders().getFirst().length(labelEntries());
    long rootClusters = isFat32() ? Math.max(1, clustersFor(rootLength)) : 0;
    if (!isFat32() && rootLength > geometry.rootEntries() * 32L) {
      throw new IllegalArgumentException(
          "%d root entries, there are %d".formatted(rootLength / 32, geometry.rootEntries()));
    }
    long used = rootClusters + tree.clusters(geometry.clusterBytes());
    if (used > geometry.clusters()) {
      throw new IllegalArgumentException(
          "the contents need %d clusters of %d bytes, there are %d"
              .formatted(used, geometry.clusterBytes(), geometry.clusters()));
    }
    this.table = new FatTable(geometry.type(), geometry.media(), used);
    clusters.put("", table.allocate(rootClusters));
    for (Folder folder : tree.folders().subList(1, tree.folders().size())) {
      clusters.put(folder.path(), table.allocate(clustersFor(folder.length(FatTree.DOTS))));
    }
    for (Leaf leaf : tree.leaves()) {
      clusters.put(leaf.path(), table.allocate(clustersFor(leaf.file().content().length())));
    }
  }

  /// Places every directory and file.
  ///
  /// @throws IllegalArgumentException where the contents do not fit
  public static FatLayout of(FatGeometry geometry, FatVolume volume, FatDirectory root) {
    return new FatLayout(geometry, volume, root);
  }

  /// The file system, {@link FatGeometry#length} bytes.
  public Extents encode() {
    Extents.Builder out = Extents.builder();
    addReserved(out);
    Extent.Bytes fat = new Extent.Bytes(table.toBytes());
    for (int i = 0; i < FatGeometry.FATS; i++) {
      at(out, geometry.fat(i)).add(fat);
    }
    if (!isFat32()) {
      at(out, geometry.root()).add(entries(tree.folders().getFirst()));
    }
    for (Folder folder : tree.folders().subList(isFat32() ? 0 : 1, tree.folders().size())) {
      atCluster(out, folder.path()).add(entries(folder));
    }
    for (Leaf leaf : tree.leaves()) {
      if (leaf.file().content().length() > 0) {
        atCluster(out, leaf.path()).add(leaf.path(), leaf.file().content());
      }
    }
    return out.zerosTo(geometry.length()).build();
  }

  private void addReserved(Extents.Builder out) {
    byte[] boot = BootSector.toBytes(geometry, volume);
    out.add(boot);
    if (isFat32()) {
      byte[] fsInfo =
          BootSector.fsInfo(geometry.clusters() - table.allocated(), table.lastAllocated());
      at(out, BootSector.FS_INFO).add(fsInfo);
      at(out, BootSector.BACKUP).add(boot);
      at(out, BootSector.BACKUP.plus(BootSector.FS_INFO.value())).add(fsInfo);
    }
  }

  private byte[] entries(Folder folder) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FatDate date = FatDate.of(volume.epochSeconds());
    if (folder.path().isEmpty()) {
      labelEntry().forEach(entry -> out.writeBytes(entry.toBytes()));
    } else {
      long parent = folder.parent() == 0 ? 0 : cluster(tree.folders().get(folder.parent()).path());
      out.writeBytes(dots(".", cluster(folder.path()), date).toBytes());
      out.writeBytes(dots("..", parent, date).toBytes());
    }
    for (Naming naming : folder.names()) {
      if (naming.hasLongName()) {
        out.writeBytes(LongName.toBytes(naming.entry().name(), naming.shortName().checksum()));
      }
      out.writeBytes(entry(folder, naming, date).toBytes());
    }
    return out.toByteArray();
  }

  private DirectoryEntry entry(Folder folder, Naming naming, FatDate date) {
    long cluster = cluster(FatTree.path(folder, naming.entry()));
    String name = naming.shortName().padded();
    return switch (naming.entry()) {
      case FatDirectory ignored ->
          new DirectoryEntry(name, DirectoryEntry.DIRECTORY, naming.caseBits(), date, cluster, 0);
      case FatFile file ->
          new DirectoryEntry(
              name,
              DirectoryEntry.ARCHIVE | (file.readOnly() ? DirectoryEntry.READ_ONLY : 0),
              naming.caseBits(),
              date,
              cluster,
              file.content().length());
    };
  }

  private List<DirectoryEntry> labelEntry() {
    FatDate date = FatDate.of(volume.labelEpochSeconds());
    return volume.label().isEmpty()
        ? List.of()
        : List.of(new DirectoryEntry(volume.label(), DirectoryEntry.VOLUME_ID, 0, date, 0, 0));
  }

  private int labelEntries() {
    return volume.label().isEmpty() ? 0 : 1;
  }

  private static DirectoryEntry dots(String name, long cluster, FatDate date) {
    return new DirectoryEntry(name, DirectoryEntry.DIRECTORY, 0, date, cluster, 0);
  }

  private boolean isFat32() {
    return geometry.type() == FatType.FAT32;
  }

  private long clustersFor(long length) {
    return Math.ceilDiv(length, geometry.clusterBytes());
  }

  private long cluster(String path) {
    return java.util.Objects.requireNonNull(clusters.get(path), path);
  }

  private Extents.Builder at(Extents.Builder out, Lba sector) {
    return out.zerosTo(geometry.sectorSize().offset(sector));
  }

  private Extents.Builder atCluster(Extents.Builder out, String path) {
    return at(out, geometry.cluster(cluster(path)));
  }
}
