package imageservice.builder.cache;

import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
import java.util.concurrent.atomic.AtomicLong;

/// The files of a {@link BlobCache}. Content is `sha256/ab/<hex>`, its sidecar
/// `sha256/ab/<hex>.json`, whose modification time is the last use, or up to an hour before it. The
/// sidecar appears before the content and goes after it, both by renaming, so that whoever sees the
/// content sees all of it.
///
/// Files being written are in `incoming/<process>/`, which holds a lock while its process lives:
/// the next start removes the folders that nobody locks.
final class CacheFolder implements AutoCloseable {
  /// A blob that was there at the start.
  record KeptFile(Digest digest, long length, Instant used) {}

  /// The disk: writes files, reads sidecars, says how many bytes are free. A test's is full or
  /// slow.
  interface Disk {
    OutputStream create(Path file) throws IOException;

    byte[] read(Path sidecar) throws IOException;

    long room(Path folder) throws IOException;
  }

  private static final String LOCK = "lock";

  private final Path folder;
  private final Disk disk;
  private final Path mine;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final AtomicLong counter = new AtomicLong();

  CacheFolder(Path folder, Disk disk) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.disk = disk;
    Path incoming = Files.createDirectories(folder.resolve("incoming"));
    removeAbandoned(incoming);
    this.mine = Files.createTempDirectory(incoming, "");
    this.lockFile =
        FileChannel.open(mine.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.lock = lockFile.lock();
    Files.createDirectories(mine); // another start may have taken it for abandoned
  }

  static Disk realDisk() {
    return new Disk() {
      @Override
      public OutputStream create(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
      }

      @Override
      public byte[] read(Path sidecar) throws IOException {
        return Files.readAllBytes(sidecar);
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
    return new Workspace(() -> mine.resolve("work-" + counter.getAndIncrement()));
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
    try {
      byte[] json = disk.read(sidecar(content(digest)));
      return Optional.of(new Sidecar(ChecksumsJson.decode(digest, json), json.length))
          .filter(this::isThere);
    } catch (NoSuchFileException | MalformedJsonException e) {
      return Optional.empty();
    }
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
    Path file = mine.resolve("blob-" + counter.getAndIncrement());
    return new Incoming(file, disk.create(file), disk);
  }

  /// Makes written content visible under its digest.
  Sidecar publish(Path written, Checksums checksums, Instant now) throws IOException {
    Path content = content(checksums.digest());
    byte[] json = ChecksumsJson.encode(checksums);
    replace(sidecar(content), json);
    move(written, content);
    touch(checksums.digest(), now);
    return new Sidecar(checksums, json.length);
  }

  /// Writes a small file whole or not at all.
  void replace(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    try (Incoming incoming = incoming()) {
      incoming.write(content, 0, content.length);
      incoming.end();
      move(incoming.file(), file);
    }
  }

  void delete(Digest digest) throws IOException {
    Path content = content(digest);
    Files.deleteIfExists(content);
    Files.deleteIfExists(sidecar(content));
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
    lock.release();
    lockFile.close();
    remove(mine);
  }

  private static Path sidecar(Path content) {
    return content.resolveSibling(content.getFileName() + ".json");
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean hasLength(Path file, long length) {
    try {
      return Files.size(file) == length;
    } catch (IOException e) {
      return false;
    }
  }

  private void scan(Path blobs, List<KeptFile> found) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(blobs)) {
      for (Path file : files) {
        Optional<Digest> digest = Digest.parse("sha256:" + file.getFileName());
        if (digest.isPresent() && Files.exists(sidecar(file))) {
          Instant used = Files.getLastModifiedTime(sidecar(file)).toInstant();
          found.add(new KeptFile(digest.get(), Files.size(file), used));
        }
      }
    } catch (NoSuchFileException e) {
      return; // another process is evicting; what it leaves is found next time
    }
  }

  private static void removeAbandoned(Path incoming) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(incoming)) {
      for (Path each : folders) {
        removeIfAbandoned(each);
      }
    }
  }

  private static void removeIfAbandoned(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held != null) {
        remove(folder);
      }
    } catch (NoSuchFileException e) {
      return; // just being made, or just being removed
    } catch (OverlappingFileLockException e) {
      return; // another cache of this process
    }
  }

  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(folder);
  }
}
