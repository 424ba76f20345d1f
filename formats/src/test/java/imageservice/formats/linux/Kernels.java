package imageservice.formats.linux;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/// Kernels that would never boot, packed as Linux packs them.
final class Kernels {
  static final int PAYLOAD = 3 * 512 + 0x40;

  private Kernels() {}

  /// A bzImage of two setup sectors and a payload.
  static byte[] bzImage(byte[] payload) {
    byte[] kernel = new byte[PAYLOAD + payload.length + 100];
    ByteBuffer header = ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0x1F1, (byte) 2);
    header.put(0x202, "HdrS".getBytes(StandardCharsets.US_ASCII));
    header.putInt(0x248, PAYLOAD - 3 * 512).putInt(0x24C, payload.length);
    header.put(PAYLOAD, payload);
    return kernel;
  }

  /// An EFI zboot image, as kernels of arm64 are.
  static byte[] zboot(byte[] payload) {
    byte[] kernel = new byte[0x1000 + payload.length];
    ByteBuffer header = ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0, "MZ\0\0zimg".getBytes(StandardCharsets.US_ASCII));
    header.putInt(8, 0x1000).putInt(12, payload.length);
    header.put(0x1000, payload);
    return kernel;
  }

  /// Behind what is packed the kernel's build puts the unpacked length, but for gzip, which has it.
  static byte[] withLength(byte[] packed, int unpacked) {
    return ByteBuffer.allocate(packed.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(packed)
        .putInt(unpacked)
        .array();
  }

  static byte[] gzip(byte[] content) {
    return packed(content, GZIPOutputStream::new);
  }

  static byte[] xz(byte[] content) {
    return packed(content, out -> new XZOutputStream(out, new LZMA2Options(0), XZ.CHECK_CRC32));
  }

  static byte[] xz(byte[] content, LZMA2Options options) {
    return packed(content, out -> new XZOutputStream(out, options, XZ.CHECK_CRC32));
  }

  static byte[] zstd(byte[] content) {
    return Zstd.compress(content, 3);
  }

  /// LZ4's legacy frame, of literals alone.
  static byte[] lz4(byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(littleEndian(0x184C2102));
    for (int at = 0; at < content.length; at += 8 << 20) {
      byte[] block =
          literals(Arrays.copyOfRange(content, at, Math.min(at + (8 << 20), content.length)));
      frame.writeBytes(littleEndian(block.length));
      frame.writeBytes(block);
    }
    return frame.toByteArray();
  }

  private static byte[] literals(byte[] content) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(Math.min(content.length, 15) << 4);
    for (int left = content.length - 15; left >= 0; left -= 255) {
      block.write(Math.min(left, 255));
    }
    block.writeBytes(content);
    return block.toByteArray();
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private interface Packer {
    OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] content, Packer packer) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packer.over(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
