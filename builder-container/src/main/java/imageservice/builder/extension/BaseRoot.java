package imageservice.builder.extension;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import imageservice.builder.cache.Workspace;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.formats.cpio.CpioReader;
import imageservice.plan.Input;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/// Unpacks the root file system of a release out of its base initramfs.
final class BaseRoot {
  private static final String ROOT = "rootfs.sqsh";

  /// The first 6 bytes of an xz file, in hex digits (The .xz File Format, 2.1.1.1).
  private static final String XZ_MAGIC = "fd377a585a00";

  /// KiB of memory for the xz decoder: enough for a dictionary of 16 MiB, far larger than that of
  /// any initramfs.
  private static final int XZ_MEMORY_KIB = 17 << 10;

  private BaseRoot() {}

  /// The root file system, unpacked into a file, as squashfs is read at any offset.
  static Blob unpack(Input.ImageFile base, Blob content, Workspace workspace) throws IOException {
    try (InputStream packed = content.open();
        InputStream unpacked = unpacked(packed)) {
      CpioReader archive = new CpioReader(unpacked);
      for (Optional<CpioReader.Member> member = archive.next();
          member.isPresent();
          member = archive.next()) {
        if (member.get().name().equals(ROOT)) {
          Path file = workspace.newFile();
          Files.copy(archive.content(), file);
          return new FileBlob(file);
        }
      }
    } catch (EOFException e) {
      throw Unfit.file(base, "breaks off");
    } catch (MalformedException | XZIOException | ZstdIOException e) {
      throw Unfit.file(base, String.valueOf(e.getMessage()));
    }
    throw Unfit.file(base, "has no " + ROOT);
  }

  private static InputStream unpacked(InputStream packed) throws IOException {
    InputStream in = new BufferedInputStream(packed, 1 << 16);
    in.mark(6);
    boolean isXz = HexFormat.of().formatHex(in.readNBytes(6)).equals(XZ_MAGIC);
    in.reset();
    return isXz ? new XZInputStream(in, XZ_MEMORY_KIB) : new ZstdInputStreamNoFinalizer(in);
  }
}
