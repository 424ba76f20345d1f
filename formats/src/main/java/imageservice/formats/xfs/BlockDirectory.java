package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// A directory of one block: "xfs_dir3_data_hdr", entries, one free range, entries again by the
/// hashes of their names.
///
/// @param links all entries, "." and ".." too
record BlockDirectory(long own, List<Link> links) {
  private static final int HEADER = 64;
  private static final int LEAF = 8;
  private static final int TAIL = 8;

  /// Where entries start that are neither "." nor "..", 16 bytes each.
  static final int FIRST_NAME = HEADER + 2 * 16;

  private record Place(Link link, int offset) {
    /// In the order of leaves, which compares hashes unsigned.
    static final Comparator<Place> BY_HASH =
        Comparator.comparingLong(Place::hash).thenComparingInt(Place::offset);

    long hash() {
      return Integer.toUnsignedLong(link.hash());
    }
  }

  BlockDirectory {
    links = List.copyOf(links);
  }

  /// A directory of these names.
  static BlockDirectory of(long own, long parent, List<Link> names) {
    List<Link> links = new ArrayList<>();
    links.add(new Link(".", true, own));
    links.add(new Link("..", true, parent));
    links.addAll(names);
    return new BlockDirectory(own, links);
  }

  boolean fits() {
    return free() >= 0;
  }

  /// @param basicBlock where it lies, in units of 512 bytes
  byte[] toBytes(UUID uuid, long basicBlock) {
    int free = free();
    return Numbers.sealed(
        Struct.bigEndian(Geometry.BLOCK)
            .ascii("magic", "XDB3")
            .u32("crc", 0)
            .u64("blkno", basicBlock)
            .u64("lsn", 0)
            .bytes("uuid", Numbers.bytes(uuid))
            .u64("owner", own)
            .u16("bestfree[0].offset", free > 0 ? end() : 0)
            .u16("bestfree[0].length", free)
            .zeros("bestfree[1..2]", 8)
            .u32("pad", 0)
            .bytes("entries", entries())
            .bytes("unused", unused(free))
            .bytes("leaves", leaves())
            .u32("count", links.size())
            .u32("stale", 0),
        "crc");
  }

  private byte[] entries() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    places().forEach(place -> out.writeBytes(entry(place)));
    return out.toByteArray();
  }

  private static byte[] entry(Place place) {
    byte[] name = place.link().bytes();
    return Struct.bigEndian(place.link().blockLength())
        .u64("inumber", place.link().inode())
        .u8("namelen", name.length)
        .bytes("name", name)
        .u8("filetype", place.link().type())
        .zeros("pad", place.link().blockLength() - 12 - name.length)
        .u16("tag", place.offset())
        .toBytes();
  }

  private byte[] unused(int length) {
    return length == 0
        ? new byte[0]
        : Struct.bigEndian(length)
            .u16("freetag", 0xFFFF)
            .u16("length", length)
            .zeros("unused", length - 6)
            .u16("tag", end())
            .toBytes();
  }

  private byte[] leaves() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    places().stream()
        .sorted(Place.BY_HASH)
        .map(place ->
            Struct.bigEndian(LEAF).u32("hashval", place.hash()).u32("address", place.offset() / 8))
        .forEach(leaf -> out.writeBytes(leaf.toBytes()));
    return out.toByteArray();
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    int offset = HEADER;
    for (Link link : links) {
      places.add(new Place(link, offset));
      offset += link.blockLength();
    }
    return places;
  }

  /// Where the last entry ends.
  private int end() {
    return HEADER + links.stream().mapToInt(Link::blockLength).sum();
  }

  /// Bytes between entries and leaves, negative where these meet.
  private int free() {
    return Geometry.BLOCK - TAIL - LEAF * links.size() - end();
  }
}
