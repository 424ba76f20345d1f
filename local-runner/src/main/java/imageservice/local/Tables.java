package imageservice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// The file of tables. A store that cannot write, as on a full disk, is closed; the next call opens
/// it again, with every change that was committed.
final class Tables implements AutoCloseable {
  private final Path file;
  private final ChangeCount changes;
  private MVStore store;

  private Tables(Path file, MVStore store, ChangeCount changes) {
    this.file = file;
    this.store = store;
    this.changes = changes;
  }

  /// Opens the file, and makes it where it is missing.
  ///
  /// @throws CommandException where the file has lost anything; it is left as it is
  static Tables open(Path file) throws CommandException {
    try {
      if (Files.exists(file)) {
        TableFile.check(file);
      } else {
        TableFile.create(file);
      }
      return new Tables(file, TableFile.open(file), new ChangeCount(file));
    } catch (MVStoreException e) {
      throw new CommandException("the table file " + file + " cannot be opened: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandException("the table file " + file + " cannot be made: " + Reason.of(e));
    }
  }

  MvItemTable configurations() {
    return new MvItemTable(this, "configurations");
  }

  MvItemTable builds() {
    return new MvItemTable(this, "builds");
  }

  @Override
  public synchronized void close() throws IOException {
    store.close();
    changes.close();
  }

  /// What `reading` finds in a table.
  <T> T read(String table, Function<MVMap<String, String>, T> reading) throws IOException {
    try {
      return reading.apply(map(table));
    } catch (MVStoreException | IllegalStateException e) {
      throw failure(e);
    }
  }

  /// Makes a change, which returns whether it changed anything, and commits it. Writers take turns,
  /// so that each change is committed before the next begins.
  synchronized boolean change(String table, Predicate<MVMap<String, String>> change)
      throws IOException {
    try {
      MVMap<String, String> items = map(table);
      boolean changed = change.test(items);
      if (changed) {
        long count = TableFile.note(store, items);
        store.commit();
        changes.write(count);
      }
      return changed;
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw failure(e);
    } catch (IllegalStateException e) {
      throw failure(e);
    }
  }

  private synchronized MVMap<String, String> map(String table) {
    if (store.isClosed()) {
      store = TableFile.open(file);
    }
    return store.openMap(table);
  }

  private IOException failure(RuntimeException e) {
    return new IOException("the table file " + file + ": " + e.getMessage(), e);
  }
}
