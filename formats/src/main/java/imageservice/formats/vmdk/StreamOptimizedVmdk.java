package imageservice.formats.vmdk;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.DataRuns;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Alignment;
import imageservice.formats.struct.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A stream-optimized disk: Virtual Disk Format 5.0, "Stream-Optimized Compressed Sparse Extents".
/// As open-vmdk lays it out, with the grain directory and the grain tables before the grains:
/// header, descriptor, directory, tables, compressed grains in the order of the disk, a sector of
/// zeros. Grains of zeros are not there.
public final class StreamOptimizedVmdk {
  private static final int SECTOR = 512;

  /// Sectors of the descriptor.
  private static final int DESCRIPTOR = 20;

  /// Entries of a grain table.
  private static final int TABLE = 512;

  private static final int TABLE_SECTORS = TABLE * Integer.BYTES / SECTOR;

  /// Bytes before a grain's stream: its first sector on the disk and its length.
  private static final int MARKER = 12;

  private final Blob content;
  private final int tables;
  private final int directorySectors;
  private final Grains.Maker maker;
  private final Extents.Builder grains = Extents.builder();
  private final ByteBuffer entries;

  private StreamOptimizedVmdk(Blob content, Grains.Maker maker) {
    this.content = content;
    this.maker = maker;
    long count = Alignment.roundUp(content.length(), Grains.SIZE) / Grains.SIZE;
    this.tables = Math.toIntExact(Alignment.roundUp(count, TABLE) / TABLE);
    this.directorySectors =
        Math.toIntExact(Alignment.roundUp((long) tables * Integer.BYTES, SECTOR) / SECTOR);
    this.entries =
        ByteBuffer.allocate(tables * TABLE * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The image of a disk.
  ///
  /// @param content whole MiB
  /// @param id of the content, 32 bits, but neither of those that mean "none"
  public static Extents of(Blob content, int id, Grains.Maker maker) throws IOException {
    if (content.length() == 0 || content.length() % (1 << 20) != 0) {
      throw new IllegalArgumentException(content.length() + " bytes are no whole MiB");
    }
    StreamOptimizedVmdk image = new StreamOptimizedVmdk(content, maker);
    image.grains();
    return image.encode(id);
  }

  private Extents encode(int id) {
    long sectors = content.length() / SECTOR;
    return Extents.builder()
        .add(header(sectors))
        .add(descriptor(sectors, id))
        .add(directory())
        .add(entries.array())
        .zerosTo(overhead() * SECTOR)
        .add(grains.build())
        .zeros(SECTOR) // the marker of the end
        .build();
  }

  private long overhead() {
    return 1L + DESCRIPTOR + directorySectors + (long) tables * TABLE_SECTORS;
  }

  private byte[] header(long sectors) {
    return Struct.littleEndian(SECTOR)
        .ascii("magicNumber", "KDMV")
        .u32("version", 3)
        .u32("flags", 0x3_0001) // line ends can be tested; grains are compressed and have markers
        .u64("capacity", sectors)
        .u64("grainSize", Grains.SIZE / SECTOR)
        .u64("descriptorOffset", 1)
        .u64("descriptorSize", DESCRIPTOR)
        .u32("numGTEsPerGT", TABLE)
        .u64("rgdOffset", 0)
        .u64("gdOffset", 1 + DESCRIPTOR)
        .u64("overHead", overhead())
        .u8("uncleanShutdown", 0)
        .ascii("line ends", "\n \r\n")
        .u16("compressAlgorithm", 1) // deflate
        .zeros("pad", 433)
        .toBytes();
  }

  private static byte[] descriptor(long sectors, int id) {
    long cylinders = Math.min(65_535, Alignment.roundUp(sectors, 16_065) / 16_065);
    String text =
        """
        # Disk DescriptorFile
        version=1
        encoding="UTF-8"
        CID=%1$08x
        parentCID=ffffffff
        createType="streamOptimized"

        # Extent description
        RW %2$d SPARSE "disk"

        # The Disk Data Base
        #DDB

        ddb.longContentID = "%1$08x%1$08x%1$08x%1$08x"
        ddb.virtualHWVersion = "4"
        ddb.geometry.cylinders = "%3$d"
        ddb.geometry.heads = "255"
        ddb.geometry.sectors = "63"
        ddb.adapterType = "lsilogic"
        ddb.toolsInstallType = "4"
        ddb.toolsVersion = "2147483647"
        """
            .formatted(id, sectors, cylinders);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return java.util.Arrays.copyOf(bytes, DESCRIPTOR * SECTOR);
  }

  private byte[] directory() {
    ByteBuffer directory =
        ByteBuffer.allocate(directorySectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    long first = 1L + DESCRIPTOR + directorySectors;
    for (int i = 0; i < tables; i++) {
      directory.putInt(Math.toIntExact(first + (long) i * TABLE_SECTORS));
    }
    return directory.array();
  }

  private void grains() throws IOException {
    Extents flat = Extents.builder().add(content).build();
    for (DataRuns.Run run : DataRuns.of(flat, Grains.SIZE)) {
      for (long grain = run.first(); grain < run.end(); ) {
        grain += next(flat, grain, run.end());
      }
    }
  }

  /// Adds a grain, or as many as one blob's content fills; returns how many.
  private long next(Extents flat, long grain, long end) throws IOException {
    long from = grain * Grains.SIZE;
    long rest = Math.min(end * Grains.SIZE, content.length()) - from;
    List<Extent> ahead = flat.range(from, rest);
    if (ahead.getFirst() instanceof Extent.Slice slice && slice.length() >= Grains.SIZE) {
      int count = Math.toIntExact(slice.length() / Grains.SIZE);
      add(
          grain,
          maker.make(slice.blob(), slice.offset(), count).streams(slice.blob(), slice.offset()));
      return count;
    }
    int length = (int) Math.min(Grains.SIZE, rest);
    try (InputStream in = flat.open(from, length)) {
      Blob one = Blob.of(java.util.Arrays.copyOf(in.readAllBytes(), Grains.SIZE));
      add(grain, Grains.deflate(one, 0, 1).streams(one, 0));
    }
    return 1;
  }

  private void add(long first, List<Extents> streams) {
    long grain = first;
    for (Extents stream : streams) {
      entries.putInt(
          Math.toIntExact(grain * Integer.BYTES),
          Math.toIntExact(overhead() + grains.position() / SECTOR));
      grains.add(
          Struct.littleEndian(MARKER)
              .u64("lba", grain * (Grains.SIZE / SECTOR))
              .u32("size", stream.length())
              .toBytes());
      grains.add(stream).alignTo(SECTOR);
      grain++;
    }
  }
}
