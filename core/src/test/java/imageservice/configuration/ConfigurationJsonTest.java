package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import org.junit.jupiter.api.Test;

final class ConfigurationJsonTest {
  private static final long SEED = 20_231_107;
  private static final int ROUNDS = 1_500;

  private final ConfigurationDecoder decoder = new ConfigurationDecoder(true);

  @Test
  void writesFieldsInTheOrderOfTheCanonicalText() throws Exception {
    String yaml =
        """
        customization:
            diskImage: {sectorSize: 4096}
            bootloader: grub
            meta: [{value: "a\\"\\u0001", key: 10}]
        overlay: {name: n, image: i, options: {b: [1, 2.5, null, true], a: 2024-01-01, c: .nan}}
        """;
    assertThat(ConfigurationJson.write(decoder.decode(yaml.getBytes(UTF_8))))
        .isEqualTo(
            "{\"overlay\":{\"image\":\"i\",\"name\":\"n\",\"options\":"
                + "{\"a\":\"2024-01-01T00:00:00Z\",\"b\":[1,2.5,null,true],\"c\":\".nan\"}},"
                + "\"customization\":{\"meta\":[{\"key\":10,\"value\":\"a\\\"\\u0001\"}],"
                + "\"bootloader\":\"grub\",\"diskImage\":{\"sectorSize\":4096}}}\n");
  }

  @Test
  void theEmptyConfigurationIsShort() {
    assertThat(ConfigurationJson.write(Configuration.EMPTY)).isEqualTo("{\"customization\":{}}\n");
  }

  @Test
  void whatIsWrittenIsJsonAndIsReadBack() throws Exception {
    var configurations = new RandomConfigurations(SEED, true);
    for (int round = 0; round < ROUNDS; round++) {
      Configuration configuration = configurations.next();
      String json = ConfigurationJson.write(configuration);
      assertThat(JSON.std.mapFrom(json)).as("seed %d, round %d", SEED, round).isNotEmpty();
      assertThat(decoder.decode(json.getBytes(UTF_8)))
          .as("seed %d, round %d: %s", SEED, round, json)
          .isEqualTo(configuration);
    }
  }
}
