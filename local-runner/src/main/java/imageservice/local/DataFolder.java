package imageservice.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The one folder that holds the service's state, used by one process at a time:
///
///     tables.mv            configurations, builds, releases
///     tables.mv.changes    how many changes the tables hold
///     objects/             the asset bucket
///     blobs/               material by digest
///     credentials          of the object store, readable for this user alone
///     lock                 held by the process that uses the folder
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Locks the folder, and makes it where it is missing.
  ///
  /// @throws CommandException where another process uses the folder or it cannot be written
  static DataFolder open(Path folder) throws CommandException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new CommandException(
            "the data folder "
                + folder
                + " is in use by another Image Service; stop it, or choose another with --data");
      }
      return new DataFolder(folder.toAbsolutePath().normalize(), channel);
    } catch (IOException e) {
      throw new CommandException(
          "the data folder "
              + folder
              + " cannot be used: "
              + Reason.of(e)
              + "; choose another with --data");
    }
  }

  Path tables() {
    return folder.resolve("tables.mv");
  }

  Path objects() {
    return folder.resolve("objects");
  }

  Path blobs() {
    return folder.resolve("blobs");
  }

  Path credentials() {
    return folder.resolve("credentials");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /// The folder where `--data` names none (XDG Base Directory Specification, `XDG_DATA_HOME`).
  static Path standard(@Nullable String xdgDataHome, String home) {
    boolean given = xdgDataHome != null && Path.of(xdgDataHome).isAbsolute();
    Path base = given ? Path.of(String.valueOf(xdgDataHome)) : Path.of(home, ".local", "share");
    return base.resolve("image-service");
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
