package imageservice.builder.fetch;

import java.util.List;
import java.util.Optional;

/// Where images come from: the source, and the operator's own catalogues.
///
/// @param catalogues in the order in which the operator named them, the first one first
public record ImageSources(OciImages source, List<OwnCatalogue> catalogues) {
  public ImageSources {
    catalogues = List.copyOf(catalogues);
  }

  /// An image below the prefix of one of them.
  record Placed(OciImages images, String repository) {}

  /// Where an image of a catalogue of the operator's is.
  ///
  /// @param repository with its registry, `ghcr.io/my-org/my-extension`
  Optional<Placed> find(String repository) {
    return catalogues.stream()
        .filter(catalogue -> repository.startsWith(catalogue.prefix()))
        .findFirst()
        .map(catalogue ->
            new Placed(catalogue.images(), repository.substring(catalogue.prefix().length())));
  }
}
