package imageservice.functions.configuration;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.Meaning;
import imageservice.configuration.NamedConfiguration;
import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import imageservice.ledger.Lazy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Configurations in a table: the canonical text of each under its id, and nothing else. What an id
/// means is what its text says, so no later post can change it. The service never changes or
/// removes a text. The empty configuration is there before anybody posts it.
public final class ConfigurationStore {
  private static final String PREFIX = "configuration#";

  /// What version 0.1.0 kept beside texts that do not read back: the document as it was posted. It
  /// is read for texts that cannot be read back at all, and no longer written.
  private static final String DOCUMENT_PREFIX = "document#";

  private final ItemTable table;
  private final Lazy<NamedConfiguration> empty;

  /// @param rule makes the id of the empty configuration
  public ConfigurationStore(ItemTable table, IdRule rule) {
    this.table = table;
    this.empty = new Lazy<>(() -> NamedConfiguration.empty(rule));
  }

  /// The canonical text of a configuration, whose hash is the id.
  public Optional<String> find(ConfigurationId id) throws IOException {
    return id.equals(empty.get().id())
        ? Optional.of(empty.get().text())
        : table.find(PREFIX + id.hex()).map(Item::text);
  }

  /// Stores a configuration; storing it again changes nothing.
  public void put(NamedConfiguration named) throws IOException {
    table.create(PREFIX + named.id().hex(), named.text());
  }

  /// A stored configuration, its canonical text and what that says, read in one call.
  public Optional<NamedConfiguration> read(ConfigurationId id) throws IOException {
    if (id.equals(empty.get().id())) {
      return Optional.of(empty.get());
    }
    String key = PREFIX + id.hex();
    String documentKey = DOCUMENT_PREFIX + id.hex();
    Map<String, Item> items = table.findAll(Set.of(key, documentKey));
    Item text = items.get(key);
    return text == null
        ? Optional.empty()
        : Optional.of(named(id, text.text(), Optional.ofNullable(items.get(documentKey))));
  }

  private static NamedConfiguration named(ConfigurationId id, String text, Optional<Item> document)
      throws IOException {
    try {
      return new NamedConfiguration(id, text, meaning(text, document));
    } catch (InvalidConfigurationException e) {
      throw new IOException("configuration " + id.hex() + " cannot be read back", e);
    }
  }

  private static Configuration meaning(String text, Optional<Item> document)
      throws InvalidConfigurationException {
    try {
      return Meaning.of(text);
    } catch (InvalidConfigurationException unreadable) {
      byte[] posted =
          document.orElseThrow(() -> unreadable).text().getBytes(StandardCharsets.UTF_8);
      return new ConfigurationDecoder(true).decode(posted);
    }
  }

  /// Whether a text is short enough for the table.
  public static boolean fits(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= ItemTable.LARGEST_TEXT;
  }
}
