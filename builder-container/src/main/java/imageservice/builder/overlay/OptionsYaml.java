package imageservice.builder.overlay;

import imageservice.builder.yaml.MalformedYamlException;
import imageservice.builder.yaml.YamlDocument;
import imageservice.builder.yaml.YamlDocument.Author;
import imageservice.builder.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an overlay's program prints for `get-options`: `{name, kernelArgs, partitionOptions}`, all
/// of which may be left out.
final class OptionsYaml {
  private static final String ARGUMENTS = "kernelArgs";
  private static final String PARTITIONS = "partitionOptions";

  private OptionsYaml() {}

  /// The options, or nothing where the text is none of that form.
  static Optional<OverlayOptions> read(byte[] text) {
    try {
      return YamlDocument.read(text, SandboxedPrograms.MOST_OUTPUT, Author.PROGRAM)
          .flatMap(OptionsYaml::options);
    } catch (MalformedYamlException e) {
      return Optional.empty();
    }
  }

  private static Optional<OverlayOptions> options(YamlValue root) {
    if (!(root instanceof YamlValue.Mapping options)) {
      return Optional.empty();
    }
    Optional<List<String>> arguments =
        field(options, ARGUMENTS).map(OptionsYaml::texts).orElse(Optional.of(List.of()));
    Optional<Integer> skip =
        field(options, PARTITIONS).map(OptionsYaml::skip).orElse(Optional.of(0));
    return arguments.flatMap(list -> skip.map(sectors -> new OverlayOptions(list, sectors)));
  }

  private static Optional<YamlValue> field(YamlValue.Mapping mapping, String key) {
    return mapping.fields().stream()
        .filter(field -> field.key().equals(key))
        .map(YamlValue.Field::value)
        .findFirst();
  }

  private static Optional<Integer> skip(YamlValue value) {
    if (!(value instanceof YamlValue.Mapping partitions)) {
      return Optional.empty();
    }
    return field(partitions, "offset").map(OptionsYaml::sectors).orElse(Optional.of(0));
  }

  private static Optional<Integer> sectors(YamlValue value) {
    return value instanceof YamlValue.Scalar scalar && scalar.text().matches("[0-9]{1,9}")
        ? Optional.of(Integer.parseInt(scalar.text()))
            .filter(sectors -> sectors <= OverlayOptions.MOST_SKIPPED)
        : Optional.empty();
  }

  private static Optional<List<String>> texts(YamlValue value) {
    if (!(value instanceof YamlValue.Sequence list)) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (YamlValue item : list.items()) {
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
