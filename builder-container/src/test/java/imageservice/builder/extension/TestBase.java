package imageservice.builder.extension;

import com.github.luben.zstd.Zstd;
import imageservice.formats.blob.Blob;
import imageservice.formats.cpio.CpioArchive;
import imageservice.formats.cpio.CpioEntry;
import imageservice.formats.squashfs.Scratch;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.SquashfsEntry;
import imageservice.formats.squashfs.SquashfsImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/// A release's own initramfs under construction: an `init` and the root file system, in which the
/// modules are.
public final class TestBase {
  private static final int MOST = 64 << 20;

  private final SquashfsCompression compression;
  private final TreeMap<String, SquashfsEntry> entries = new TreeMap<>();

  public TestBase(SquashfsCompression compression) {
    this.compression = compression;
    entries.put("", new SquashfsEntry.Directory("", new SquashfsEntry.Attributes(0755, 0)));
  }

  public TestBase file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  public TestBase file(String path, byte[] content) {
    folders(path);
    entries.put(
        path,
        new SquashfsEntry.File(path, new SquashfsEntry.Attributes(0644, 0), Blob.of(content)));
    return this;
  }

  public TestBase folder(String path) {
    folders(path + "/");
    return this;
  }

  public TestBase link(String path, String target) {
    folders(path);
    entries.put(
        path, new SquashfsEntry.Symlink(path, new SquashfsEntry.Attributes(0777, 0), target));
    return this;
  }

  /// The root file system alone.
  public byte[] root() throws IOException {
    return SquashfsImage.of(List.copyOf(entries.values()), compression, 0, Scratch.inMemory())
        .bytes(MOST);
  }

  /// The initramfs, compressed as releases of the root's compression have it.
  public Blob initramfs() throws IOException {
    return initramfs(root());
  }

  /// With another root file system.
  public Blob initramfs(byte[] root) throws IOException {
    return initramfs("rootfs.sqsh", root);
  }

  Blob initramfs(String name, byte[] root) throws IOException {
    List<CpioEntry> members = new ArrayList<>();
    members.add(new CpioEntry.File("init", 0755, 0, Blob.of("#!")));
    members.add(new CpioEntry.File(name, 0644, 0, Blob.of(root)));
    return Blob.of(packed(CpioArchive.of(members).bytes(MOST)));
  }

  private byte[] packed(byte[] archive) throws IOException {
    return switch (compression) {
      case ZSTD -> Zstd.compress(archive, 3);
      case XZ -> {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(packed, new LZMA2Options(0), XZ.CHECK_CRC32)) {
          out.write(archive);
        }
        yield packed.toByteArray();
      }
    };
  }

  private void folders(String path) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      String folder = path.substring(0, slash);
      entries.put(
          folder, new SquashfsEntry.Directory(folder, new SquashfsEntry.Attributes(0755, 0)));
    }
  }
}
