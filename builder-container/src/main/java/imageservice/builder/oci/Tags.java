package imageservice.builder.oci;

import java.util.List;
import java.util.Optional;

/// A repository's tags, or that they are what they were.
public sealed interface Tags {
  /// All tags.
  ///
  /// @param tags sorted and distinct
  /// @param validator what to ask with the next time; empty where the source cannot tell later
  ///   whether the list changed
  record Listed(List<String> tags, Optional<String> validator) implements Tags {
    public Listed {
      tags = List.copyOf(tags);
    }
  }

  /// The list is still the one that the validator came with.
  record Unchanged() implements Tags {}
}
