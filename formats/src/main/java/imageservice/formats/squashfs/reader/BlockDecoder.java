package imageservice.formats.squashfs.reader;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import imageservice.formats.MalformedException;
import imageservice.formats.squashfs.SquashfsFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tukaani.xz.XZInputStream;

/// How blocks were compressed. None decodes to more than its reader asks for, and none takes more
/// memory than a block needs.
enum BlockDecoder {
  GZIP(SquashfsFormat.GZIP),
  XZ(SquashfsFormat.XZ),
  ZSTD(SquashfsFormat.ZSTD);

  /// No dictionary is larger than the largest block, 1 MiB; in KiB.
  private static final int XZ_MEMORY = 4 << 10;

  private final int id;

  BlockDecoder(int id) {
    this.id = id;
  }

  static BlockDecoder of(int id) throws MalformedException {
    for (BlockDecoder decoder : values()) {
      if (decoder.id == id) {
        return decoder;
      }
    }
    throw ImageBytes.malformed("compression", 20, "is " + id + ", not gzip, xz or zstd");
  }

  /// The block's content.
  ///
  /// @param at of the block in the image
  /// @param limit of the content's size
  byte[] decode(byte[] block, long at, int limit) throws IOException {
    return switch (this) {
      case GZIP -> gzip(block, at, limit);
      case XZ -> xz(block, at, limit);
      case ZSTD -> zstd(block, at, limit);
    };
  }

  private static byte[] gzip(byte[] block, long at, int limit) throws MalformedException {
    byte[] content = new byte[limit];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(block);
      int size = inflater.inflate(content);
      ImageBytes.require(
          inflater.finished() || (size == limit && inflater.inflate(new byte[1]) == 0),
          "block",
          at,
          "does not end within " + limit + " bytes");
      return Arrays.copyOf(content, size);
    } catch (DataFormatException e) {
      throw undecodable(at, e);
    }
  }

  private static byte[] xz(byte[] block, long at, int limit) throws MalformedException {
    try (InputStream in = new XZInputStream(new ByteArrayInputStream(block), XZ_MEMORY)) {
      byte[] content = in.readNBytes(limit);
      ImageBytes.require(in.read() < 0, "block", at, "does not end within " + limit + " bytes");
      return content;
    } catch (MalformedException e) {
      throw e;
    } catch (IOException e) {
      throw undecodable(at, e);
    }
  }

  private static byte[] zstd(byte[] block, long at, int limit) throws MalformedException {
    byte[] content = new byte[limit];
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      int size = context.decompressByteArray(content, 0, limit, block, 0, block.length);
      return size == limit ? content : Arrays.copyOf(content, size);
    } catch (ZstdException e) {
      throw undecodable(at, e);
    }
  }

  private static MalformedException undecodable(long at, Exception cause) {
    MalformedException malformed =
        ImageBytes.malformed("block", at, "cannot be decoded: " + cause.getMessage());
    malformed.initCause(cause);
    return malformed;
  }
}
