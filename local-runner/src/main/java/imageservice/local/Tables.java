package imageservice.local;

import java.io.IOException;
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
  private MVStore store;

  private Tables(Path file, MVStore store) {
    this.file = file;
    this.store = store;
  }

  static Tables open(Path file) throws CommandException {
    try {
      return new Tables(file, openStore(file));
    } catch (MVStoreException e) {
      throw new CommandException(
          "the table file "
              + file
              + " cannot be opened: "
              + e.getMessage()
              + "; move it away to start anew");
    }
  }

  MvItemTable configurations() {
    return new MvItemTable(this, "configurations");
  }

  MvItemTable builds() {
    return new MvItemTable(this, "builds");
  }

  @Override
  public synchronized void close() {
    store.close();
  }

  /// What `reading` finds in a table.
  <T> T read(String table, Function<MVMap<String, String>, T> reading) throws IOException {
    try {
      return reading.apply(map(table));
    } catch (MVStoreException e) {
      throw failure(e);
    }
  }

  /// Makes a change, which returns whether it changed anything, and commits it. Writers take turns,
  /// so that each change is committed before the next begins.
  synchronized boolean change(String table, Predicate<MVMap<String, String>> change)
      throws IOException {
    try {
      boolean changed = change.test(map(table));
      if (changed) {
        store.commit();
      }
      return changed;
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw failure(e);
    }
  }

  private synchronized MVMap<String, String> map(String table) {
    if (store.isClosed()) {
      store = openStore(file);
    }
    return store.openMap(table);
  }

  private static MVStore openStore(Path file) {
    return new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
  }

  private IOException failure(MVStoreException e) {
    return new IOException("the table file " + file + ": " + e.getMessage(), e);
  }
}
