package imageservice.functions.configuration;

import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.InvalidConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads stored configurations back. What was stored was decoded once, so one that cannot be read
/// is the store's failure.
public final class StoredDocuments {
  private static final ConfigurationDecoder DECODER = new ConfigurationDecoder(true);

  private StoredDocuments() {}

  public static Configuration read(StoredConfiguration stored) throws IOException {
    try {
      return DECODER.decode(stored.text().getBytes(StandardCharsets.UTF_8));
    } catch (InvalidConfigurationException e) {
      throw new IOException(
          "configuration " + stored.id().hex() + " cannot be read back: " + e.line(), e);
    }
  }
}
