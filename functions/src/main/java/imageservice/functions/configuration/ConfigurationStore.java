package imageservice.functions.configuration;

import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.ConfigurationId;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Configurations in a table, each under its id. The service never changes or removes one.
public final class ConfigurationStore {
  private static final String PREFIX = "configuration#";
  private static final String DOCUMENT_PREFIX = "document#";

  private final ItemTable table;
  private final ConfigurationDecoder decoder = new ConfigurationDecoder(true);

  public ConfigurationStore(ItemTable table) {
    this.table = table;
  }

  /// The canonical text of a configuration, whose hash is the id.
  public Optional<String> find(ConfigurationId id) throws IOException {
    return table.find(PREFIX + id.hex()).map(Item::text);
  }

  /// Stores a configuration; storing it again changes nothing. Ids hash the text that the reference
  /// would have written, its defects included, so a few canonical texts decode to another
  /// configuration: for those the store keeps the posted document as well.
  ///
  /// @param document as the client posted it
  public void put(CanonicalForms.Form form, Configuration configuration, String document)
      throws IOException {
    if (!configuration.equals(decode(form.text()).orElse(null))) {
      table.create(DOCUMENT_PREFIX + form.id().hex(), document);
    }
    table.create(PREFIX + form.id().hex(), form.text());
  }

  /// A stored configuration, its canonical text and its decoded value, read in one call.
  public Optional<NamedConfiguration> read(ConfigurationId id) throws IOException {
    String key = PREFIX + id.hex();
    String documentKey = DOCUMENT_PREFIX + id.hex();
    Map<String, Item> items = table.findAll(Set.of(key, documentKey));
    Optional<String> text = Optional.ofNullable(items.get(key)).map(Item::text);
    String document = Optional.ofNullable(items.get(documentKey)).map(Item::text).orElse("");
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(named(id, text.get(), document.isEmpty() ? text.get() : document));
  }

  private NamedConfiguration named(ConfigurationId id, String text, String document)
      throws IOException {
    Configuration configuration =
        decode(document)
            .orElseThrow(
                () -> new IOException("configuration " + id.hex() + " cannot be read back"));
    return new NamedConfiguration(id, text, configuration);
  }

  /// Whether a text is short enough for the table.
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
