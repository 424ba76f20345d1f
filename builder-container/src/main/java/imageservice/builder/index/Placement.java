package imageservice.builder.index;

import java.util.Optional;

/// Where images are fetched from that a catalogue names.
@FunctionalInterface
interface Placement {
  /// The image's place; empty for what cannot be fetched.
  Optional<Place> of(TaggedReference reference);

  /// @param ref the tagged reference, for people
  /// @param repository with its registry, for images of a catalogue of the operator's
  record Place(String ref, Optional<String> repository) {}

  /// Below the source's prefix, where that is a registry.
  static Placement below(Optional<String> prefix) {
    return reference -> reference.in(prefix).map(ref -> new Place(ref, Optional.empty()));
  }

  /// Below the prefix of a catalogue of the operator's, which stands for the organisation in the
  /// images' names, wherever it leads.
  ///
  /// @param prefix `ghcr.io/my-org/`
  static Placement ofOwn(String prefix) {
    return reference -> {
      String repository = prefix + below(prefix, reference.name());
      return Optional.of(new Place(repository + ":" + reference.tag(), Optional.of(repository)));
    };
  }

  private static String below(String prefix, String name) {
    String namespace = prefix.substring(prefix.indexOf('/') + 1);
    return !namespace.isEmpty() && name.startsWith(namespace)
        ? name.substring(namespace.length())
        : name.substring(name.indexOf('/') + 1);
  }
}
