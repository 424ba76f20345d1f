package imageservice.builder.overlay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// What an overlay's program prints for `get-options`: `{name, kernelArgs, partitionOptions}`, of
/// which the arguments count here.
final class OptionsYaml {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setMaxAliasesForCollections(0).setSchema(new FailsafeSchema()).build();

  private OptionsYaml() {}

  /// The kernel arguments, or nothing where the text is none of that form.
  static Optional<List<String>> kernelArguments(String text) {
    try {
      return new Load(SETTINGS).loadFromString(text) instanceof Map<?, ?> options
          ? arguments(options.get("kernelArgs"))
          : Optional.empty();
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> arguments(@org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      return Optional.of(List.of());
    }
    return value instanceof List<?> list && list.stream().allMatch(OptionsYaml::isArgument)
        ? Optional.of(list.stream().map(String.class::cast).toList())
        : Optional.empty();
  }

  private static boolean isArgument(Object value) {
    return value instanceof String text && text.chars().allMatch(c -> c >= ' ' && c != 0x7F);
  }
}
