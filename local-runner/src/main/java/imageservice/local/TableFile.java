package imageservice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/// Makes the file of tables, and checks a whole one before it is opened for writing: MVStore reads
/// what it can of a damaged file and overwrites the rest.
///
/// The map `about` holds the number of all changes and the number of each table's items; they are
/// written in the same commit as the change.
final class TableFile {
  private static final String ABOUT = "about";
  private static final String CHANGES = "changes";

  private TableFile() {}

  /// Makes a file without tables, whole or not at all.
  static void create(Path file) throws IOException {
    Path incoming = file.resolveSibling(file.getFileName() + ".incoming");
    Files.deleteIfExists(incoming);
    Files.deleteIfExists(ChangeCount.file(file));
    open(incoming).close();
    Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static MVStore open(Path file) {
    return new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
  }

  /// Notes a change, to be committed with it; returns the number of changes.
  static long note(MVStore store, MVMap<String, String> table) {
    MVMap<String, String> about = store.openMap(ABOUT);
    long changes = number(about, CHANGES).orElse(0) + 1;
    about.put(CHANGES, Long.toString(changes));
    about.put(table.getName(), Long.toString(table.sizeAsLong()));
    return changes;
  }

  /// Reads the whole file, without changing it.
  ///
  /// @throws CommandException where anything that was stored is not there; it says what to do
  static void check(Path file) throws CommandException {
    MVStore store = null;
    try {
      if (!Files.isRegularFile(file)) {
        throw new IllegalStateException("it is no file");
      }
      if (Files.size(file) == 0) {
        throw new IllegalStateException("it is empty");
      }
      store = new MVStore.Builder().fileName(file.toString()).readOnly().open();
      Map<String, String> about = about(store);
      checkTables(store, about);
      checkChanges(file, number(about, CHANGES).orElse(0));
    } catch (IOException e) {
      throw new CommandException("the table file " + file + " cannot be read: " + Reason.of(e));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError | AssertionError e) {
      // MVStore's own and, on garbage, whatever its decoding runs into: texts of 2 GB, pages that
      // are their own children, assertions where the JVM runs with them.
      throw new CommandException(
          "the table file %s is damaged: %s; it was left as it is. Put back a copy of it, or move it away to start anew, without the configurations in it"
              .formatted(file, reason(e)));
    } finally {
      if (store != null) {
        store.closeImmediately();
      }
    }
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? "its structure is broken" : e.getMessage();
  }

  private static void checkChanges(Path file, long held) throws CommandException {
    OptionalLong recorded = ChangeCount.read(file);
    if (recorded.isPresent() && held < recorded.getAsLong()) {
      throw new CommandException(
          "the table file %s is damaged: it holds %d of %d changes; it was left as it is. Put back a copy of it with its %s, or delete the latter to go on without the lost changes"
              .formatted(file, held, recorded.getAsLong(), ChangeCount.file(file).getFileName()));
    }
  }

  private static void checkTables(MVStore store, Map<String, String> about) {
    Set<String> names = new TreeSet<>(about.keySet());
    names.addAll(store.getMapNames());
    names.removeAll(Set.of(ABOUT, CHANGES));
    names.forEach(name -> checkTable(store, name, number(about, name)));
  }

  /// Nothing in files of version 0.1.0.
  private static Map<String, String> about(MVStore store) {
    return store.hasMap(ABOUT) ? Map.copyOf(store.<String, String>openMap(ABOUT)) : Map.of();
  }

  private static void checkTable(MVStore store, String name, OptionalLong expected) {
    if (!store.hasMap(name)) {
      throw new IllegalStateException("the table " + name + " is not there");
    }
    MVMap<String, String> table = store.openMap(name);
    long count = 0;
    Cursor<String, String> items = table.cursor(null);
    while (items.hasNext()) {
      String key = items.next();
      StoredItem.item(key, items.getValue());
      if (!table.containsKey(key)) {
        throw new IllegalStateException("an item is not where it belongs");
      }
      count++;
    }
    long wanted = expected.orElse(table.sizeAsLong());
    if (wanted != count || table.sizeAsLong() != count) {
      throw new IllegalStateException(
          "%d of the %d items of the table %s are there, and %d are counted"
              .formatted(count, wanted, name, table.sizeAsLong()));
    }
  }

  private static OptionalLong number(Map<String, String> about, String key) {
    String text = about.get(key);
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }
}
