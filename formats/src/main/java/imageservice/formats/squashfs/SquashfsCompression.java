package imageservice.formats.squashfs;

import com.github.luben.zstd.ZstdCompressCtx;
import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// How blocks are compressed, each on its own.
public enum SquashfsCompression {
  /// As `-comp xz` makes it: xz with CRC-32 and a dictionary of one block, so that there are no
  /// options to write down.
  XZ(SquashfsFormat.XZ),

  /// As `-comp zstd -Xcompression-level 18` makes it.
  ZSTD(SquashfsFormat.ZSTD);

  private static final int ZSTD_LEVEL = 18;
  private static final int QUICK_LEVEL = 1;
  private static final int XZ_PRESET = 6;

  private final int id;

  SquashfsCompression(int id) {
    this.id = id;
  }

  /// `compression` of the superblock.
  int id() {
    return id;
  }

  /// The compressor's options, which follow the superblock as an uncompressed metadata block.
  Optional<byte[]> options() {
    return switch (this) {
      case XZ -> Optional.empty();
      case ZSTD ->
          Optional.of(
              Struct.littleEndian(6)
                  .u16("header", SquashfsFormat.METADATA_UNCOMPRESSED | 4)
                  .u32("compression_level", ZSTD_LEVEL)
                  .toBytes());
    };
  }

  /// The block compressed; empty where that would not be shorter.
  Optional<byte[]> compress(byte[] block) {
    byte[] compressed =
        switch (this) {
          case XZ -> xz(block);
          case ZSTD -> zstd(block, ZSTD_LEVEL);
        };
    return compressed.length < block.length ? Optional.of(compressed) : Optional.empty();
  }

  /// A whole block of a file. One that a quick try does not make shorter is compressed already:
  /// trying hard takes 20 times as long and gains nothing.
  Optional<byte[]> compressWhole(byte[] block) {
    return zstd(block, QUICK_LEVEL).length < block.length ? compress(block) : Optional.empty();
  }

  private static byte[] zstd(byte[] block, int level) {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      return context.setLevel(level).setChecksum(false).compress(block);
    }
  }

  private static byte[] xz(byte[] block) {
    try {
      LZMA2Options options = new LZMA2Options(XZ_PRESET);
      options.setDictSize(DataArea.BLOCK);
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (OutputStream out =
          new XZOutputStream(compressed, options, org.tukaani.xz.XZ.CHECK_CRC32)) {
        out.write(block);
      }
      return compressed.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
  }
}
