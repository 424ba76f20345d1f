package imageservice.builder.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// The files that this process writes for a cache, until they are moved to their place:
/// `incoming/<process>/`, which holds a lock while its process lives. The next start removes the
/// folders that nobody locks.
final class IncomingFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  private final CacheFolder.Disk disk;
  private final Path mine;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final AtomicLong counter = new AtomicLong();

  IncomingFolder(Path cache, CacheFolder.Disk disk) throws IOException {
    this.disk = disk;
    Path incoming = Files.createDirectories(cache.resolve("incoming"));
    removeAbandoned(incoming);
    this.mine = Files.createTempDirectory(incoming, "");
    this.lockFile =
        FileChannel.open(mine.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.lock = lockFile.lock();
    Files.createDirectories(mine); // another start may have taken it for abandoned
  }

  /// A new file for content that is being fetched or made.
  Incoming file() throws IOException {
    Path file = mine.resolve("blob-" + counter.getAndIncrement());
    return new Incoming(file, disk.create(file), disk);
  }

  /// A workspace on the cache's disk.
  Workspace workspace() {
    return new Workspace(() -> mine.resolve("work-" + counter.getAndIncrement()));
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
    remove(mine);
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

  /// The lock goes last, as no start takes a folder without one for abandoned.
  private static void remove(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> !file.equals(lock))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(lock);
    Files.deleteIfExists(folder);
  }
}
