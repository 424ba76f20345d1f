package imageservice.configuration;

import java.util.List;

/// A document as it was parsed, before anything is known of its types. Aliases share nodes.
sealed interface Node {
  /// What stands for a field that is not there: nothing.
  Scalar ABSENT = new Scalar(new Place(0, 0), "", "", true);

  Place place();

  /// Where a node begins.
  ///
  /// @param line counted from 1
  /// @param position in characters from the start
  record Place(int line, int position) {}

  /// A text that is not yet resolved.
  ///
  /// @param tag as written, with `tag:yaml.org,2002:` shortened to `!!`; `""` for none
  /// @param isPlain whether the text was neither quoted nor a block
  record Scalar(Place place, String tag, String text, boolean isPlain) implements Node {
    boolean isMergeKey() {
      return isPlain && text.equals("<<") && (tag.isEmpty() || tag.equals("!!merge"));
    }
  }

  record Sequence(Place place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Mapping(Place place, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  record Entry(Node key, Node value) {}
}
