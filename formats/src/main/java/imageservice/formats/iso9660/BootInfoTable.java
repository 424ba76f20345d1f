package imageservice.formats.iso9660;

import imageservice.formats.blob.Blob;
import imageservice.formats.struct.Struct;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The table that `mkisofs -boot-info-table` puts at byte 8 of a boot image, by which the image
/// finds itself. Its checksum is the sum of the image's little-endian 32-bit words from byte 64 on,
/// the last one filled up with zeros.
public record BootInfoTable(LogicalBlock pvd, LogicalBlock file, long length, long checksum) {
  private static final int START = 8;
  private static final int END = 64;

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

  private static long checksum(Blob image) throws IOException {
    long sum = 0;
    try (InputStream in = new BufferedInputStream(image.open(END, image.length() - END))) {
      int shift = 0;
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        sum += (long) octet << shift;
        shift = (shift + 8) % Integer.SIZE;
      }
    }
    return sum & 0xFFFF_FFFFL;
  }
}
