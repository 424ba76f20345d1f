package imageservice.formats.iso9660;

import imageservice.formats.blob.Blob;
import imageservice.formats.struct.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/// The table that `mkisofs -boot-info-table` puts at byte 8 of a boot image, by which the image
/// finds itself. Its checksum is the sum of the image's little-endian 32-bit words from byte 64 on,
/// the last one filled up with zeros.
public record BootInfoTable(LogicalBlock pvd, LogicalBlock file, long length, long checksum) {
  private static final int START = 8;
  private static final int END = 64;

  /// Bytes summed at a time: whole words.
  private static final int CHUNK = 16 << 10;

  /// The boot image with its table.
  public static Blob applied(Blob image, LogicalBlock pvd, LogicalBlock file) throws IOException {
    if (image.length() < END) {
      throw new IllegalArgumentException(
          "boot image of %d bytes, a boot information table ends at byte %d"
              .formatted(image.length(), END));
    }
    BootInfoTable table = new BootInfoTable(pvd, file, image.length(), checksum(image));
    return Blob.concatenation(
        Blob.slice(image, 0, START),
        Blob.of(table.toBytes()),
        image.length() == END ? Blob.of("") : Blob.slice(image, END, image.length() - END));
  }

  public byte[] toBytes() {
    return Struct.littleEndian(END - START)
        .u32("bi_pvd", pvd.number())
        .u32("bi_file", file.number())
        .u32("bi_length", length)
        .u32("bi_csum", checksum)
        .zeros("bi_reserved", 40)
        .toBytes();
  }

  /// The sum of the little-endian words behind the table; a last one that is cut short ends in
  /// zeros.
  private static long checksum(Blob image) throws IOException {
    long sum = 0;
    byte[] words = new byte[CHUNK];
    try (InputStream in = image.open(END, image.length() - END)) {
      for (int got = in.readNBytes(words, 0, CHUNK);
          got > 0;
          got = in.readNBytes(words, 0, CHUNK)) {
        Arrays.fill(words, got, CHUNK, (byte) 0);
        IntBuffer ints = ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        while (ints.hasRemaining()) {
          sum += ints.get();
        }
      }
    }
    return sum & 0xFFFF_FFFFL;
  }
}
