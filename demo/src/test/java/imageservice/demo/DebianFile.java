package imageservice.demo;

import com.github.luben.zstd.Zstd;
import imageservice.formats.blob.Blob;
import imageservice.formats.tar.PosixArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Makes packages of Debian's format.
final class DebianFile {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private DebianFile() {
    text("!<arch>\n");
  }

  static DebianFile ar() {
    return new DebianFile();
  }

  /// A package with these files.
  ///
  /// @param suffix of `data.tar`: empty, `.xz`, `.zst` or `.gz`
  static byte[] of(Map<String, byte[]> files, String suffix) {
    PosixArchive tar = new PosixArchive();
    tar.folder(".", 0755);
    files.forEach((path, content) -> tar.file("./" + path, 0644, Blob.of(content)));
    try {
      byte[] data = compressed(tar.build().bytes(1 << 30), suffix);
      return ar().member("debian-binary", "2.0\n")
          .member("control.tar.xz", "of no interest")
          .member("data.tar" + suffix, data)
          .toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Adds a package to a folder, as `grub-kit/debian-packages.sh` keeps them.
  static void add(Path folder, String spec, Map<String, byte[]> files) throws IOException {
    Path debs = Files.createDirectories(folder.resolve("debs"));
    String file = spec.replaceAll("[:/]", "_") + ".deb";
    Files.write(debs.resolve(file), of(files, ".xz"));
    Path index = debs.resolve("index");
    String before = Files.exists(index) ? Files.readString(index) : "";
    Files.writeString(index, before + spec + " " + file + "\n");
  }

  DebianFile member(String name, String content) {
    return member(name, content.getBytes(StandardCharsets.US_ASCII));
  }

  DebianFile member(String name, byte[] content) {
    text("%-16s%-12d%-6d%-6d%-8s%-10d`\n".formatted(name, 0, 0, 0, "100644", content.length));
    out.writeBytes(content);
    if (content.length % 2 == 1) {
      text("\n");
    }
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] compressed(byte[] plain, String suffix) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream to =
        switch (suffix) {
          case ".xz" -> new XZOutputStream(bytes, new LZMA2Options(1));
          case ".gz" -> new GZIPOutputStream(bytes);
          default -> bytes;
        }) {
      to.write(suffix.equals(".zst") ? Zstd.compress(plain) : plain);
    }
    return bytes.toByteArray();
  }
}
