package imageservice.configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The entries of a mapping with merge keys written out: its own first, then those merged in that
/// it has not itself; of several merged mappings the first wins.
final class Entries {
  private final Problems problems;

  Entries(Problems problems) {
    this.problems = problems;
  }

  /// None where a key is there twice: nothing is read from such a mapping.
  List<Node.Entry> of(Node.Mapping mapping) {
    if (hasDuplicates(mapping)) {
      return List.of();
    }
    var seen = new HashSet<String>();
    var entries = new ArrayList<Node.Entry>();
    addOwn(mapping, seen, entries);
    return entries;
  }

  private boolean hasDuplicates(Node.Mapping mapping) {
    Map<String, Node> first = new HashMap<>();
    boolean duplicates = false;
    for (Node.Entry entry : mapping.entries()) {
      if (entry.key() instanceof Node.Scalar key) {
        Node earlier = first.putIfAbsent(key.text(), key);
        if (earlier != null) {
          problems.duplicateKey(key, key.text(), earlier);
          duplicates = true;
        }
      }
    }
    return duplicates;
  }

  private void addOwn(Node.Mapping mapping, Set<String> seen, List<Node.Entry> entries) {
    for (Node.Entry entry : mapping.entries()) {
      if (!isMerge(entry) && isNew(entry, seen)) {
        entries.add(entry);
      }
    }
    for (Node.Entry entry : mapping.entries()) {
      if (isMerge(entry)) {
        addMerged(entry.value(), seen, entries);
      }
    }
  }

  private static boolean isMerge(Node.Entry entry) {
    return entry.key() instanceof Node.Scalar key && key.isMergeKey();
  }

  private static boolean isNew(Node.Entry entry, Set<String> seen) {
    return !(entry.key() instanceof Node.Scalar key) || seen.add(key.text());
  }

  private void addMerged(Node merged, Set<String> seen, List<Node.Entry> entries) {
    switch (merged) {
      case Node.Mapping mapping -> addOwn(mapping, seen, entries);
      case Node.Sequence(var _, var items)
          when items.stream().allMatch(Node.Mapping.class::isInstance) ->
          items.forEach(item -> addMerged(item, seen, entries));
      case Node.Sequence _, Node.Scalar _ ->
          problems.add(merged, "map merge requires map or sequence of maps as the value");
    }
  }
}
