package imageservice.builder.overlay;

import imageservice.yaml.MalformedYamlException;
import imageservice.yaml.YamlNode;
import imageservice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an overlay's program prints for `get-options`: `{name, kernelArgs, partitionOptions}`, of
/// which the arguments count here.
final class OptionsYaml {
  private OptionsYaml() {}

  /// The kernel arguments, or nothing where the text is none of that form.
  static Optional<List<String>> kernelArguments(byte[] text) {
    try {
      return YamlReader.read(text, text.length).flatMap(OptionsYaml::arguments);
    } catch (MalformedYamlException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> arguments(YamlNode root) {
    if (!(root instanceof YamlNode.Mapping options)) {
      return Optional.empty();
    }
    for (YamlNode.Field field : options.fields()) {
      if (field.key().text().equals("kernelArgs")) {
        return field.value() instanceof YamlNode.Sequence list
            ? texts(list.items())
            : Optional.empty();
      }
    }
    return Optional.of(List.of());
  }

  private static Optional<List<String>> texts(List<YamlNode> items) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items) {
      if (!(item instanceof YamlNode.Scalar scalar) || !isPrintable(scalar.text())) {
        return Optional.empty();
      }
      texts.add(scalar.text());
    }
    return Optional.of(texts);
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c != 0x7F);
  }
}
