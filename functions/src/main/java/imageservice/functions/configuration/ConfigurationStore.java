package imageservice.functions.configuration;

import imageservice.configuration.ConfigurationId;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The configurations of a table, each under its id. They are never changed and never removed.
public final class ConfigurationStore {
  private static final String PREFIX = "configuration#";

  private final ItemTable table;

  public ConfigurationStore(ItemTable table) {
    this.table = table;
  }

  public Optional<StoredConfiguration> find(ConfigurationId id) throws IOException {
    return table.find(PREFIX + id.hex()).map(item -> new StoredConfiguration(id, item.text()));
  }

  /// Keeps a configuration; once more the same is no change.
  public void put(StoredConfiguration configuration) throws IOException {
    table.create(PREFIX + configuration.id().hex(), configuration.text());
  }

  /// Whether a text is short enough to be kept.
  public static boolean fits(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= ItemTable.LARGEST_TEXT;
  }
}
