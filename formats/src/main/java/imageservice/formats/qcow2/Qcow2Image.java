package imageservice.formats.qcow2;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.DataRuns;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk as a qcow2 image (QEMU's `docs/interop/qcow2.txt`), uncompressed and without a backing
/// file: header, table and blocks of reference counts, L1 table, L2 tables, then the clusters that
/// have data, in the order of the disk. Clusters of zeros are not there.
public final class Qcow2Image {
  /// Bytes of a cluster: what the reference's images have.
  static final int CLUSTER = 8 << 10;

  /// Entries of an L2 table: one cluster of 64-bit numbers.
  private static final int L2_ENTRIES = CLUSTER / Long.BYTES;

  /// Reference counts of 16 bits in a block.
  private static final int COUNTS = CLUSTER / Short.BYTES;

  /// "Exactly one reference": bit 63 of entries of L1 and L2 tables.
  private static final long ONE_REFERENCE = 1L << 63;

  private final Blob content;
  private final List<DataRuns.Run> runs;
  private final long dataClusters;
  private final int l1Entries;
  private final int l1Clusters;
  private final int l2Tables;
  private final int countBlocks;
  private final int countTableClusters;

  private Qcow2Image(Blob content) {
    this.content = content;
    this.runs = DataRuns.of(content, CLUSTER);
    this.dataClusters = runs.stream().mapToLong(DataRuns.Run::count).sum();
    long clusters = Alignment.roundUp(content.length(), CLUSTER) / CLUSTER;
    this.l1Entries = Math.toIntExact(Alignment.roundUp(clusters, L2_ENTRIES) / L2_ENTRIES);
    this.l1Clusters = clusters((long) l1Entries * Long.BYTES);
    this.l2Tables = l2Tables(runs);
    long counted = 1 + l1Clusters + l2Tables + dataClusters;
    int blocks = 1;
    int table = 1;
    while (counted + blocks + table > (long) blocks * COUNTS) {
      blocks++;
      table = clusters((long) blocks * Long.BYTES);
    }
    this.countBlocks = blocks;
    this.countTableClusters = table;
  }

  /// The image of a disk.
  ///
  /// @param content whole sectors of 512 bytes
  public static Extents of(Blob content) {
    if (content.length() == 0 || content.length() % 512 != 0) {
      throw new IllegalArgumentException(content.length() + " bytes are no whole sectors");
    }
    return new Qcow2Image(content).encode();
  }

  private static int clusters(long bytes) {
    return Math.toIntExact(Alignment.roundUp(bytes, CLUSTER) / CLUSTER);
  }

  private static int l2Tables(List<DataRuns.Run> runs) {
    int tables = 0;
    long last = -1;
    for (DataRuns.Run run : runs) {
      long from = Math.max(run.first() / L2_ENTRIES, last + 1);
      long to = (run.end() - 1) / L2_ENTRIES;
      tables += Math.toIntExact(Math.max(0, to - from + 1));
      last = Math.max(last, to);
    }
    return tables;
  }

  private Extents encode() {
    Extents.Builder out = Extents.builder();
    out.add(
        Qcow2Header.bytes(
            content.length(), l1Entries, offset(l1()), offset(1), countTableClusters));
    return out.zerosTo(offset(1))
        .add(countTable())
        .zerosTo(offset(1 + countTableClusters))
        .add(counts())
        .zerosTo(offset(l1()))
        .add(tables())
        .zerosTo(offset(firstData()))
        .add(data())
        .build();
  }

  private static long offset(long cluster) {
    return cluster * CLUSTER;
  }

  private long l1() {
    return 1L + countTableClusters + countBlocks;
  }

  private long firstL2() {
    return l1() + l1Clusters;
  }

  private long firstData() {
    return firstL2() + l2Tables;
  }

  private byte[] countTable() {
    ByteBuffer table = ByteBuffer.allocate(countBlocks * Long.BYTES);
    for (int i = 0; i < countBlocks; i++) {
      table.putLong(offset(1L + countTableClusters + i));
    }
    return table.array();
  }

  /// Each cluster of the file is referred to once.
  private byte[] counts() {
    long clusters = firstData() + dataClusters;
    ByteBuffer counts = ByteBuffer.allocate(Math.toIntExact(clusters * Short.BYTES));
    while (counts.hasRemaining()) {
      counts.putShort((short) 1);
    }
    return counts.array();
  }

  /// The L1 table, then the L2 tables.
  private byte[] tables() {
    ByteBuffer tables = ByteBuffer.allocate((l1Clusters + l2Tables) * CLUSTER);
    int made = 0;
    long last = -1;
    long cluster = firstData();
    for (DataRuns.Run run : runs) {
      for (long guest = run.first(); guest < run.end(); guest++) {
        long table = guest / L2_ENTRIES;
        if (table != last) {
          tables.putLong(
              Math.toIntExact(table * Long.BYTES), offset(firstL2() + made) | ONE_REFERENCE);
          made++;
          last = table;
        }
        int at = (l1Clusters + made - 1) * CLUSTER + (int) (guest % L2_ENTRIES) * Long.BYTES;
        tables.putLong(at, offset(cluster) | ONE_REFERENCE);
        cluster++;
      }
    }
    return tables.array();
  }

  /// The last cluster is whole, though the disk may end within it.
  private Extents data() {
    Extents.Builder data = Extents.builder();
    for (DataRuns.Run run : runs) {
      long from = run.first() * CLUSTER;
      long to = Math.min(run.end() * CLUSTER, content.length());
      data.add(new Extent.Slice(content, from, to - from));
    }
    return data.alignTo(CLUSTER).build();
  }
}
