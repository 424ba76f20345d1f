package imageservice.builder.assemble;

import imageservice.plan.ExtensionManifest;
import java.util.List;

/// `extensions.yaml` of an initramfs: the extensions in the order in which Talos stacks them, the
/// last one on top.
final class ExtensionsYaml {
  /// An extension and the file that holds its image.
  record Layer(String image, ExtensionManifest manifest) {}

  private ExtensionsYaml() {}

  static String of(List<Layer> layers) {
    StringBuilder out = new StringBuilder("layers:\n");
    for (Layer layer : layers) {
      ExtensionManifest m = layer.manifest();
      out.append("    - image: ").append(layer.image()).append("\n      metadata:\n");
      out.append("        name: ").append(m.name()).append('\n');
      out.append("        version: ").append(m.version()).append('\n');
      out.append("        author: ").append(m.author()).append('\n');
      out.append("        description: ").append(m.description()).append('\n');
      out.append("        compatibility:\n            talos:\n                version: '")
          .append(m.talosVersions())
          .append("'\n");
      m.extraInfo().ifPresent(text -> out.append("        extraInfo: |\n").append(text.indent(12)));
    }
    return out.toString();
  }
}
