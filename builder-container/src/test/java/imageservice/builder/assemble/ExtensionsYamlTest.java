package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.plan.ExtensionManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class ExtensionsYamlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1.5.5/empty",
        "v1.5.5/args",
        "v1.5.5/hello",
        "v1.5.5/all",
        "v1.7.6/empty",
        "v1.7.6/args",
        "v1.7.6/hello",
        "v1.7.6/all",
        "v1.9.5/empty",
        "v1.9.5/args",
        "v1.9.5/hello",
        "v1.9.5/all",
        "v1.9.5/ten",
        "v1.11.0/empty",
        "v1.11.0/args",
        "v1.11.0/hello",
        "v1.11.0/all",
        "v1.13.2/empty",
        "v1.13.2/args",
        "v1.13.2/hello",
        "v1.13.2/all",
        "v1.13.2/embedded"
      })
  void writesWhatTheReferenceWrites(String folder) {
    String golden = Golden.of(folder + "/initramfs-amd64.txt").textOf("## extensions.yaml");
    assertThat(golden).startsWith("layers:\n");
    assertThat(ExtensionsYaml.of(layers(golden))).isEqualTo(golden);
  }

  /// What another implementation reads.
  private static List<ExtensionsYaml.Layer> layers(String yaml) {
    Map<?, ?> root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    List<ExtensionsYaml.Layer> layers = new ArrayList<>();
    for (Object each : (List<?>) at(root, "layers")) {
      Map<?, ?> layer = (Map<?, ?>) each;
      Map<?, ?> metadata = (Map<?, ?>) at(layer, "metadata");
      Map<?, ?> talos = (Map<?, ?>) at((Map<?, ?>) at(metadata, "compatibility"), "talos");
      layers.add(
          new ExtensionsYaml.Layer(
              (String) at(layer, "image"),
              new ExtensionManifest(
                  (String) at(metadata, "name"),
                  (String) at(metadata, "version"),
                  (String) at(metadata, "author"),
                  (String) at(metadata, "description"),
                  (String) at(talos, "version"),
                  Optional.ofNullable((String) metadata.get("extraInfo")))));
    }
    return layers;
  }

  private static Object at(Map<?, ?> map, String key) {
    Object value = map.get(key);
    assertThat(value).as(key).isNotNull();
    return java.util.Objects.requireNonNull(value);
  }

  @Test
  void quotesWhatReadsAsSomethingElse() {
    ExtensionManifest odd =
        new ExtensionManifest("12345", "1.0", "yes", "- not: a text", "", Optional.of(""));
    assertThat(ExtensionsYaml.of(List.of(new ExtensionsYaml.Layer("0.sqsh", odd))))
        .isEqualTo(
            """
            layers:
                - image: 0.sqsh
                  metadata:
                    name: "12345"
                    version: "1.0"
                    author: 'yes'
                    description: '- not: a text'
                    compatibility:
                        talos:
                            version: ""
            """);
  }
}
