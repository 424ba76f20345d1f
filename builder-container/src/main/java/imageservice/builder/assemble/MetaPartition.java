package imageservice.builder.assemble;

import imageservice.configuration.MetaValue;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.formats.struct.Struct;
import imageservice.plan.MetaContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The partition META as Talos reads it: two copies of records (tag, length, value) between two
/// magic numbers, with their SHA-256. All numbers are big-endian.
final class MetaPartition {
  /// Bytes of a copy.
  private static final int COPY = 256 << 10;

  private static final int MAGIC = 0x5A4B_3C2D;
  private static final int END_MAGIC = 0xA5B4_C3D2;
  private static final int DIGEST = 32;

  /// Where the digest is; it is taken of the copy with zeros in its place.
  private static final int DIGEST_AT = COPY - Integer.BYTES - DIGEST;

  private MetaPartition() {}

  /// The partition's content up to its zeros; nothing where there is no value.
  static Blob of(MetaContent meta) {
    if (meta.values().isEmpty()) {
      return Blob.of(new byte[0]);
    }
    byte[] copy = copy(meta);
    return Extents.builder().add(copy).add(copy).build();
  }

  private static byte[] copy(MetaContent meta) {
    ByteBuffer copy = ByteBuffer.allocate(COPY);
    copy.putInt(MAGIC);
    for (MetaValue value : meta.values()) {
      copy.put(record(value));
    }
    copy.putInt(COPY - Integer.BYTES, END_MAGIC);
    copy.put(DIGEST_AT, sha256(copy.array()));
    return copy.array();
  }

  private static byte[] record(MetaValue value) {
    byte[] text = value.value().getBytes(StandardCharsets.UTF_8);
    return Struct.bigEndian(2 * Integer.BYTES + text.length)
        .u32("tag", value.key())
        .u32("length", text.length)
        .bytes("value", text)
        .toBytes();
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
