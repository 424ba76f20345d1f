package imageservice.builder.assemble;

import imageservice.configuration.Dialect;
import imageservice.plan.ExtensionManifest;
import imageservice.yaml.Folding;
import imageservice.yaml.YamlNode;
import imageservice.yaml.YamlNode.Field;
import imageservice.yaml.YamlNode.Mapping;
import imageservice.yaml.YamlNode.Sequence;
import imageservice.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;

/// `extensions.yaml` of an initramfs: the extensions in the order in which Talos stacks them, the
/// last one on top. Every field is written, empty or not, but for `extraInfo`.
final class ExtensionsYaml {
  /// An extension and the file that holds its image.
  record Layer(String image, ExtensionManifest manifest) {}

  private ExtensionsYaml() {}

  static String of(List<Layer> layers) {
    Mapping root =
        new Mapping(
            List.of(
                Field.of(
                    "layers",
                    new Sequence(layers.stream().<YamlNode>map(ExtensionsYaml::layer).toList()))));
    return YamlText.write(root, Dialect.PRIMARY, Folding.BEHIND_COLUMN_80);
  }

  private static Mapping layer(Layer layer) {
    return new Mapping(
        List.of(
            Field.of("image", layer.image()), Field.of("metadata", metadata(layer.manifest()))));
  }

  private static Mapping metadata(ExtensionManifest manifest) {
    Mapping talos = new Mapping(List.of(Field.of("version", manifest.talosVersions())));
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("name", manifest.name()));
    fields.add(Field.of("version", manifest.version()));
    fields.add(Field.of("author", manifest.author()));
    fields.add(Field.of("description", manifest.description()));
    fields.add(Field.of("compatibility", new Mapping(List.of(Field.of("talos", talos)))));
    manifest
        .extraInfo()
        .filter(info -> !info.isEmpty())
        .ifPresent(info -> fields.add(Field.of("extraInfo", info)));
    return new Mapping(fields);
  }
}
