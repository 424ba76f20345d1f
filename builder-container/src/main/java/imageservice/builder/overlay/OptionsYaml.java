package imageservice.builder.overlay;

import imageservice.builder.yaml.MalformedYamlException;
import imageservice.builder.yaml.YamlDocument;
import imageservice.builder.yaml.YamlDocument.Author;
import imageservice.builder.yaml.YamlValue;
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
      return YamlDocument.read(text, SandboxedPrograms.MOST_OUTPUT, Author.PROGRAM)
          .flatMap(OptionsYaml::arguments);
    } catch (MalformedYamlException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> arguments(YamlValue root) {
    if (!(root instanceof YamlValue.Mapping options)) {
      return Optional.empty();
    }
    for (YamlValue.Field field : options.fields()) {
      if (field.key().equals("kernelArgs")) {
        return field.value() instanceof YamlValue.Sequence list
            ? texts(list.items())
            : Optional.empty();
      }
    }
    return Optional.of(List.of());
  }

  private static Optional<List<String>> texts(List<YamlValue> items) {
    List<String> texts = new ArrayList<>();
    for (YamlValue item : items) {
      if (!(item instanceof YamlValue.Scalar scalar) || !isPrintable(scalar.text())) {
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
