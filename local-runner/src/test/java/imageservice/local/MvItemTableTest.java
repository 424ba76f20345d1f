package imageservice.local;

import imageservice.ledger.ItemTable;
import imageservice.ledger.ItemTableContract;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class MvItemTableTest extends ItemTableContract {
  @TempDir private Path folder = Path.of("");
  private @Nullable Tables tables;

  @AfterEach
  void close() throws IOException {
    if (tables != null) {
      tables.close();
    }
  }

  @Override
  protected ItemTable table() {
    try {
      Tables opened = tables == null ? Tables.open(folder.resolve("tables.mv")) : tables;
      tables = opened;
      return opened.builds();
    } catch (CommandException e) {
      throw new IllegalStateException(e);
    }
  }
}
