package imageservice.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The values of a configuration, each with the path of its field.
final class Leaves {
  /// @param path such as `customization.meta[0].value`
  /// @param text as the canonical text spells it, before quotes
  record Leaf(String path, String text) {}

  private final List<Leaf> found = new ArrayList<>();

  private Leaves() {}

  /// All values, keys of free-form mappings included, in the order of the canonical text.
  static List<Leaf> of(Configuration configuration) {
    var leaves = new Leaves();
    leaves.add("", Outline.of(configuration));
    return List.copyOf(leaves.found);
  }

  /// The path of the first field in which two configurations differ.
  static Optional<String> firstDifference(Configuration left, Configuration right) {
    List<Leaf> ours = of(left);
    List<Leaf> theirs = of(right);
    int same = 0;
    while (same < Math.min(ours.size(), theirs.size()) && ours.get(same).equals(theirs.get(same))) {
      same++;
    }
    return (same < ours.size() ? ours : theirs).stream().skip(same).map(Leaf::path).findFirst();
  }

  private void add(String path, Outline value) {
    switch (value) {
      case Outline.Branch(var fields) -> {
        for (Outline.Field field : fields) {
          String name = ScalarText.of(field.key());
          found.add(new Leaf(path, name));
          add(path.isEmpty() ? name : path + "." + name, field.value());
        }
      }
      case Outline.Series(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          add(path + "[" + i + "]", items.get(i));
        }
      }
      case Outline.Leaf(OptionValue.Scalar scalar) ->
          found.add(new Leaf(path, ScalarText.of(scalar)));
    }
  }
}
