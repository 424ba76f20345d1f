package imageservice.builder.cache;

import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The files of a {@link BlobCache}. Content is `sha256/ab/<hex>`, its sidecar
/// `sha256/ab/<hex>.json`, whose modification time is the last use, or up to an hour before it. The
/// sidecar appears before the content and goes after it, both by renaming, so that whoever sees the
/// content sees all of it. A sidecar that is missing, damaged or of another version is made anew
/// from the content, whose digest must be its name.
///
/// All small files carry a {@link Seal}: one that is damaged counts as missing. So does whatever is
/// no file, such as a folder, and it makes way for the file that belongs there.
final class CacheFolder implements AutoCloseable {
  /// A blob that was there at the start.
  record KeptFile(Digest digest, long length, Instant used) {}

  /// The disk: writes files, reads sidecars, says how many bytes are free. A test's is full or
  /// slow.
  interface Disk {
    OutputStream create(Path file) throws IOException;

    byte[] read(Path smallFile) throws IOException;

    long room(Path folder) throws IOException;
  }

  private final Path folder;
  private final Disk disk;
  private final IncomingFolder incoming;

  CacheFolder(Path folder, Disk disk) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.disk = disk;
    this.incoming = new IncomingFolder(folder, disk);
  }

  static Disk realDisk() {
    return new Disk() {
      @Override
      public OutputStream create(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
      }

      @Override
      public byte[] read(Path smallFile) throws IOException {
        return Files.readAllBytes(smallFile);
      }

      @Override
      public long room(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
      }
    };
  }

  Path content(Digest digest) {
    return folder.resolve("sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  SideFiles sideFiles(String subject) {
    return new SideFiles(this, folder.resolve(subject));
  }

  /// A workspace on the cache's disk.
  Workspace workspace() {
    return incoming.workspace();
  }

  /// The blobs that are there, the one used longest ago first.
  List<KeptFile> scan() throws IOException {
    List<KeptFile> found = new ArrayList<>();
    Path blobs = Files.createDirectories(folder.resolve("sha256"));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(blobs, Files::isDirectory)) {
      for (Path each : folders) {
        scan(each, found);
      }
    }
    found.sort(Comparator.comparing(KeptFile::used).thenComparing(each -> each.digest().value()));
    return found;
  }

  /// What the sidecar says of a blob that is there whole.
  Optional<Sidecar> find(Digest digest) throws IOException {
    Optional<Sidecar> written = readSidecar(digest);
    return written.isPresent() ? written.filter(this::isThere) : makeSidecar(digest);
  }

  /// Whether a blob and its sidecar are there, by their lengths: another process may have evicted
  /// them, and what is damaged is often shorter.
  boolean isThere(Sidecar sidecar) {
    Path content = content(sidecar.checksums().digest());
    return hasLength(content, sidecar.checksums().length())
        && hasLength(sidecar(content), sidecar.size());
  }

  /// A new file for content that is being fetched or made.
  Incoming incoming() throws IOException {
    return incoming.file();
  }

  /// Makes written content visible under its digest.
  Sidecar publish(Path written, Checksums checksums, Instant now) throws IOException {
    Path content = content(checksums.digest());
    Sidecar sidecar = writeSidecar(checksums);
    move(written, content);
    touch(checksums.digest(), now);
    return sidecar;
  }

  /// Puts written content in the place of the same blob's.
  void replace(Path written, Digest digest) throws IOException {
    move(written, content(digest));
  }

  /// The content of a small file that is there and undamaged.
  Optional<byte[]> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Seal.open(name(file), disk.read(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Writes a small file whole or not at all.
  ///
  /// @return its size in bytes
  long write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    byte[] sealed = Seal.put(name(file), content);
    try (Incoming written = incoming()) {
      written.write(sealed, 0, sealed.length);
      written.end();
      move(written.file(), file);
    }
    return sealed.length;
  }

  void delete(Digest digest) throws IOException {
    Path content = content(digest);
    remove(content);
    remove(sidecar(content));
  }

  /// Writes when a blob was used last.
  void touch(Digest digest, Instant now) throws IOException {
    try {
      Files.setLastModifiedTime(sidecar(content(digest)), FileTime.from(now));
    } catch (NoSuchFileException e) {
      return; // another process has just evicted it; reading will say so
    }
  }

  @Override
  public void close() throws IOException {
    incoming.close();
  }

  private Optional<Sidecar> readSidecar(Digest digest) throws IOException {
    Path file = sidecar(content(digest));
    Optional<byte[]> json = read(file);
    try {
      return json.isPresent()
          ? Optional.of(
              new Sidecar(ChecksumsJson.decode(digest, json.get()), Seal.size(json.get())))
          : Optional.empty();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private Sidecar writeSidecar(Checksums checksums) throws IOException {
    byte[] json = ChecksumsJson.encode(checksums);
    return new Sidecar(checksums, write(sidecar(content(checksums.digest())), json));
  }

  private Optional<Sidecar> makeSidecar(Digest digest) throws IOException {
    if (!Files.isRegularFile(content(digest))) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(content(digest))) {
      Checksums checksums = Checksumming.of(in, (buffer, from, count) -> {});
      return checksums.digest().equals(digest)
          ? Optional.of(writeSidecar(checksums))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private String name(Path file) {
    return folder.relativize(file).toString();
  }

  private static Path sidecar(Path content) {
    return content.resolveSibling(content.getFileName() + ".json");
  }

  private static void move(Path from, Path to) throws IOException {
    if (isFolder(to)) {
      remove(to);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /// Removes a file, or a folder with all that is in it; follows no link.
  private static void remove(Path path) throws IOException {
    if (isFolder(path)) {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
        for (Path each : inside) {
          remove(each);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  private static boolean hasLength(Path file, long length) {
    try {
      return Files.size(file) == length && Files.isRegularFile(file);
    } catch (IOException e) {
      return false;
    }
  }

  private void scan(Path blobs, List<KeptFile> found) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(blobs)) {
      for (Path file : files) {
        Optional<Digest> digest = Digest.parse("sha256:" + file.getFileName());
        if (digest.isPresent()) {
          found.add(new KeptFile(digest.get(), Files.size(file), used(file)));
        }
      }
    } catch (NoSuchFileException e) {
      return; // another process is evicting; what it leaves is found next time
    }
  }

  private static Instant used(Path content) throws IOException {
    try {
      return Files.getLastModifiedTime(sidecar(content)).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.EPOCH;
    }
  }
}
