package imageservice.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the free-form values of `overlay.options` (docs/configuration.md 1.3, 1.6): keys are texts
/// at the top and keep their types below.
final class OptionsReader {
  private final Problems problems;
  private final TypedNodes typed;

  OptionsReader(Problems problems, TypedNodes typed) {
    this.problems = problems;
    this.typed = typed;
  }

  OptionValue.Mapping options(Node node) {
    if (node instanceof Node.Mapping mapping) {
      return mapping(mapping, true);
    }
    if (!typed.isNull(node)) {
      problems.wrongType(node, typed.tag(node), "map[string]interface {}");
    }
    return OptionValue.Mapping.EMPTY;
  }

  private OptionValue.Mapping mapping(Node.Mapping mapping, boolean isTop) {
    Map<String, Node> written = new LinkedHashMap<>();
    Map<OptionValue.Scalar, OptionValue> values = new LinkedHashMap<>();
    for (Node.Entry entry : new Entries(problems).of(mapping)) {
      key(entry.key(), isTop)
          .filter(key -> isNew(key, entry.key(), written))
          .ifPresent(key -> values.put(key, value(entry.value())));
    }
    return OptionValue.Mapping.of(values);
  }

  /// Keys that are spelt differently and written alike, such as `0x10` and `16`, are refused: the
  /// canonical text could not be read back.
  private boolean isNew(OptionValue.Scalar key, Node node, Map<String, Node> written) {
    String text = ScalarText.of(key);
    Node earlier = written.putIfAbsent(text, node);
    if (earlier != null) {
      problems.duplicateKey(node, text, earlier);
    }
    return earlier == null;
  }

  private Optional<OptionValue.Scalar> key(Node node, boolean isTop) {
    if (!(node instanceof Node.Scalar scalar)) {
      problems.wrongType(node, typed.tag(node), isTop ? "string" : "a key");
      return Optional.empty();
    }
    if (!isTop) {
      return Optional.of(typed.resolve(scalar).value());
    }
    return typed.isNull(scalar)
        ? Optional.empty()
        : Optional.of(new OptionValue.Text(typed.text(scalar)));
  }

  private OptionValue value(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> typed.resolve(scalar).value();
      case Node.Sequence(var _, List<Node> items) ->
          new OptionValue.Sequence(items.stream().map(this::value).toList());
      case Node.Mapping mapping -> mapping(mapping, false);
    };
  }
}
