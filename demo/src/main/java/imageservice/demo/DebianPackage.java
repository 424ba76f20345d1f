package imageservice.demo;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import imageservice.formats.MalformedException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// A `.deb`, deb(5): an archive of `ar` that holds `debian-binary`, a tar of scripts and a tar of
/// files, `data.tar`, which may be compressed.
///
/// @param file whose name failures tell
record DebianPackage(Path file) {
  private static final String FIRST = "debian-binary";
  private static final String DATA = "data.tar";
  private static final int BUFFER = 128 << 10;

  /// Memory that an xz stream may ask for, in KiB; Debian's take 9 MiB.
  private static final int XZ_MEMORY = 72 << 10;

  /// Window of a zstd frame, as a power of two.
  private static final int ZSTD_WINDOW = 27;

  /// The regular files of the package that are wanted, by their paths without `./`. Their contents
  /// are in files of `folder`, by number: a package's own paths lead nowhere.
  SortedMap<String, Blob> extract(Predicate<String> wanted, Path folder) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      return extract(data(ArReader.of(in)), wanted, folder);
    } catch (MalformedException e) {
      throw new IOException(
          "%s is damaged (%s): delete it, and start again"
              .formatted(file.getFileName(), e.getMessage()),
          e);
    }
  }

  private static SortedMap<String, Blob> extract(
      InputStream data, Predicate<String> wanted, Path folder) throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(data);
    try (InputStream content = new Content(tar)) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        String name = entry.getName();
        String path = name.startsWith("./") ? name.substring(2) : name;
        if (entry.isFile() && wanted.test(path)) {
          Path copy = folder.resolve(Integer.toString(files.size()));
          Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
          files.put(path, new FileBlob(copy));
        }
      }
      drain(data);
    }
    return files;
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IOException | RuntimeException e) {
      throw malformed(e);
    }
  }

  /// Reads what is left, so that checksums at the end are looked at.
  private static void drain(InputStream data) throws IOException {
    try {
      data.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /// The decoders have failures of many kinds, unchecked ones among them.
  private static MalformedException malformed(Exception e) {
    return e instanceof MalformedException known
        ? known
        : new MalformedException("Debian package", DATA, 0, String.valueOf(e.getMessage()));
  }

  /// The content of the current entry, whose failures are the package's: those of writing it are
  /// not.
  private static final class Content extends FilterInputStream {
    Content(TarArchiveInputStream tar) {
      super(tar);
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      try {
        return super.read(buffer, from, count);
      } catch (IOException | RuntimeException e) {
        throw malformed(e);
      }
    }
  }

  private static InputStream data(ArReader archive) throws IOException {
    Optional<ArReader.Member> member = archive.next();
    if (member.isEmpty() || !member.get().name().equals(FIRST)) {
      throw new MalformedException("ar", "first member", 8, "is not " + FIRST);
    }
    while (member.isPresent() && !member.get().name().startsWith(DATA)) {
      member = archive.next();
    }
    if (member.isEmpty()) {
      throw new MalformedException("ar", "members", 8, "have no " + DATA);
    }
    try {
      return expanded(member.get().name(), new BufferedInputStream(archive.content(), BUFFER));
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private static InputStream expanded(String name, InputStream content) throws IOException {
    return switch (name.substring(DATA.length())) {
      case "" -> content;
      case ".xz" -> new XZInputStream(content, XZ_MEMORY);
      case ".zst" -> zstd(content);
      case ".gz" -> new GZIPInputStream(content, BUFFER);
      default -> throw new MalformedException("ar", "members", 8, "have an unknown " + name);
    };
  }

  private static InputStream zstd(InputStream content) throws IOException {
    ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(content);
    zstd.setLongMax(ZSTD_WINDOW);
    return zstd;
  }
}
