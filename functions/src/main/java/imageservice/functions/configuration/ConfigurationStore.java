package imageservice.functions.configuration;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The configurations of a table, each under its id. They are never changed and never removed.
public final class ConfigurationStore {
  private static final String PREFIX = "configuration#";
  private static final String DOCUMENT_PREFIX = "document#";

  private final ItemTable table;
  private final ConfigurationDecoder decoder = new ConfigurationDecoder(true);

  public ConfigurationStore(ItemTable table) {
    this.table = table;
  }

  public Optional<StoredConfiguration> find(ConfigurationId id) throws IOException {
    return table.find(PREFIX + id.hex()).map(item -> new StoredConfiguration(id, item.text()));
  }

  /// Keeps a configuration; once more the same is no change. A few canonical texts cannot be read
  /// back, as ids are hashes of what the peer service would have written, its defects included:
  /// then the document it came from is kept as well.
  public void put(StoredConfiguration stored, Configuration configuration, String document)
      throws IOException {
    if (!configuration.equals(decode(stored.text()).orElse(null))) {
      table.create(DOCUMENT_PREFIX + stored.id().hex(), document);
    }
    table.create(PREFIX + stored.id().hex(), stored.text());
  }

  /// What a stored configuration means.
  public Configuration read(StoredConfiguration stored) throws IOException {
    String text =
        table.find(DOCUMENT_PREFIX + stored.id().hex()).map(Item::text).orElse(stored.text());
    return decode(text)
        .orElseThrow(
            () -> new IOException("configuration " + stored.id().hex() + " cannot be read back"));
  }

  /// Whether a text is short enough to be kept.
  public static boolean fits(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= ItemTable.LARGEST_TEXT;
  }

  private Optional<Configuration> decode(String text) {
    try {
      return Optional.of(decoder.decode(text.getBytes(StandardCharsets.UTF_8)));
    } catch (InvalidConfigurationException e) {
      return Optional.empty();
    }
  }
}
