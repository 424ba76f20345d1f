package imageservice.formats.tar;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.DataRuns;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A tar archive under construction. Files belong to root, everybody may read them, and all have
/// one time.
public final class TarArchive {
  /// GNU tar writes records of 20 blocks.
  private static final int RECORD = 20 * TarHeader.BLOCK;

  private static final int MODE = 0644;

  /// Pairs of offset and length in a header, and in each block that continues it.
  private static final int PAIRS = 4;

  private static final int MORE_PAIRS = 21;

  /// Bytes of a pair.
  private static final int PAIR = 24;

  /// Where a header goes on after its pairs: whether more follow, and the file's real size.
  private static final int EXTENDED = 96 + 41;

  private final long seconds;
  private final Extents.Builder out = Extents.builder();

  /// @param seconds of all files' modification, since 1970
  public TarArchive(long seconds) {
    this.seconds = seconds;
  }

  /// Adds a file.
  public TarArchive file(String name, Blob content) {
    byte[] rest = new byte[TarHeader.REST];
    out.add(header(name, content.length(), TarHeader.REGULAR).gnu(rest));
    out.add(name, content).alignTo(TarHeader.BLOCK);
    return this;
  }

  /// Adds a file without its longer runs of zeros, in the format that GNU tar calls old: "Storing
  /// Sparse Files", "Old GNU Format".
  public TarArchive sparseFile(String name, Blob content) {
    List<Extent.Slice> data = data(content);
    long stored = data.stream().mapToLong(Extent.Slice::length).sum();
    List<byte[]> pairs = pairs(data, content.length());
    ByteBuffer rest = ByteBuffer.allocate(TarHeader.REST);
    rest.position(41); // where GNU tar has the pairs: byte 386 of the header
    pairs.stream().limit(PAIRS).forEach(rest::put);
    rest.put(EXTENDED, (byte) (pairs.size() > PAIRS ? 1 : 0));
    rest.put(EXTENDED + 1, TarHeader.number(content.length()));
    out.add(header(name, stored, TarHeader.SPARSE).gnu(rest.array()));
    more(pairs);
    data.forEach(out::add);
    out.alignTo(TarHeader.BLOCK);
    return this;
  }

  /// The archive: two blocks of zeros at its end, and more up to a whole record.
  public Extents build() {
    return out.zeros(2L * TarHeader.BLOCK).alignTo(RECORD).build();
  }

  private TarHeader header(String name, long size, byte type) {
    return new TarHeader(name, MODE, size, seconds, type, "");
  }

  private static List<Extent.Slice> data(Blob content) {
    List<Extent.Slice> data = new ArrayList<>();
    for (DataRuns.Run run : DataRuns.of(content, TarHeader.BLOCK)) {
      long from = run.first() * TarHeader.BLOCK;
      long to = Math.min(run.end() * TarHeader.BLOCK, content.length());
      data.add(new Extent.Slice(content, from, to - from));
    }
    return data;
  }

  /// A pair of no bytes at the end tells that the file ends in zeros.
  private static List<byte[]> pairs(List<Extent.Slice> data, long length) {
    List<byte[]> pairs = new ArrayList<>();
    long end = 0;
    for (Extent.Slice run : data) {
      pairs.add(pair(run.offset(), run.length()));
      end = run.offset() + run.length();
    }
    if (end < length) {
      pairs.add(pair(length, 0));
    }
    return pairs;
  }

  private static byte[] pair(long offset, long length) {
    return ByteBuffer.allocate(PAIR)
        .put(TarHeader.number(offset))
        .put(TarHeader.number(length))
        .array();
  }

  private void more(List<byte[]> pairs) {
    for (int from = PAIRS; from < pairs.size(); from += MORE_PAIRS) {
      int to = Math.min(from + MORE_PAIRS, pairs.size());
      ByteBuffer block = ByteBuffer.allocate(TarHeader.BLOCK);
      pairs.subList(from, to).forEach(block::put);
      block.put(MORE_PAIRS * PAIR, (byte) (to < pairs.size() ? 1 : 0));
      out.add(block.array());
    }
  }
}
