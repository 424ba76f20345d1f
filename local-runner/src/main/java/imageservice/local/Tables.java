package imageservice.local;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/// The file of tables.
final class Tables implements AutoCloseable {
  private final MVStore store;

  private Tables(MVStore store) {
    this.store = store;
  }

  static Tables open(Path file) throws CommandException {
    try {
      return new Tables(
          new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open());
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
    return new MvItemTable(store, "configurations");
  }

  MvItemTable builds() {
    return new MvItemTable(store, "builds");
  }

  @Override
  public void close() {
    store.close();
  }
}
