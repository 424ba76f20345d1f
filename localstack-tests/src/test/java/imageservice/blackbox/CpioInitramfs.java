package imageservice.blackbox;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/// A release's initramfs in small: one file in a compressed archive, as the kernel reads it (Linux,
/// driver-api/early-userspace/buffer-format).
final class CpioInitramfs {
  private CpioInitramfs() {}

  static byte[] compressed(byte[] rootfs, boolean zstd) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream compressor =
        zstd
            ? new ZstdOutputStream(out)
            : new XZOutputStream(out, new LZMA2Options(0), XZ.CHECK_CRC32)) {
      member(compressor, "rootfs.sqsh", 0100644, rootfs);
      member(compressor, "TRAILER!!!", 0, new byte[0]);
    }
    return out.toByteArray();
  }

  private static void member(OutputStream out, String name, int mode, byte[] content)
      throws IOException {
    String header =
        "070701"
            + "%08X".formatted(mode == 0 ? 0 : 1)
            + "%08X".formatted(mode)
            + "%08X".formatted(0).repeat(2)
            + "%08X".formatted(1)
            + "%08X".formatted(0)
            + "%08X".formatted(content.length)
            + "%08X".formatted(0).repeat(4)
            + "%08X".formatted(name.length() + 1)
            + "%08X".formatted(0)
            + name
            + "\0";
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[Math.floorMod(-header.length(), 4)]);
    out.write(content);
    out.write(new byte[Math.floorMod(-content.length, 4)]);
  }
}
