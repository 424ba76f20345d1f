package imageservice.builder.oci;

import java.util.List;
import java.util.Optional;

/// A repository's tags, or that they did not change.
public sealed interface Tags {
  /// All tags.
  ///
  /// @param tags sorted and distinct
  /// @param validator to send with the next request; empty where the source cannot tell later
  ///   whether the list changed
  record Listed(List<String> tags, Optional<String> validator) implements Tags {
    public Listed {
      tags = List.copyOf(tags);
    }
  }

  /// The list is still the one with which the validator came.
  record Unchanged() implements Tags {}
}
