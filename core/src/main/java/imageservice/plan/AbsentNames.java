package imageservice.plan;

import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.Listed;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.ReleaseDocument;
import java.util.List;
import java.util.Optional;

/// Refuses names that a release's catalogue lacks. The message begins with the reference's about
/// the first of them; then it names a few others, and says what the catalogue has.
final class AbsentNames {
  private AbsentNames() {}

  /// @param names at least one
  static Refused extensions(List<String> names, ReleaseDocument document) {
    return absent(
        "extension",
        names,
        document,
        document.extensions().map(list -> list.stream().map(CatalogueExtension::name).toList()));
  }

  static Refused overlay(String name, ReleaseDocument document) {
    return absent(
        "overlay",
        List.of(name),
        document,
        document.overlays().map(list -> list.stream().map(CatalogueOverlay::name).toList()));
  }

  private static Refused absent(
      String what, List<String> names, ReleaseDocument document, Optional<List<String>> offered) {
    String message =
        "official %s \"%s\" is not available for Talos version %s"
            .formatted(what, names.getFirst(), document.version());
    return Refusals.unsupported(
        offered.isEmpty()
            ? "%s: the version has no catalogue of %ss".formatted(message, what)
            : message
                + close(names.getFirst(), offered.get())
                + others(names.subList(1, names.size()), offered.get())
                + "; GET /version/%s/%ss/official lists what there is"
                    .formatted(document.version(), what));
  }

  private static String others(List<String> names, List<String> offered) {
    return names.isEmpty()
        ? ""
        : "; "
            + Listed.of(
                names, name -> "nor \"%s\"".formatted(Listed.brief(name)) + close(name, offered));
  }

  /// The names closest to one that the catalogue lacks, in brackets; empty where none is close.
  private static String close(String name, List<String> offered) {
    String bare = CloseNames.bare(name);
    if (!bare.equals(name) && offered.contains(bare)) {
      return " (write %s, without registry, tag and digest)".formatted(bare);
    }
    List<String> close = CloseNames.of(name, offered);
    return close.isEmpty() ? "" : " (close names: %s)".formatted(String.join(", ", close));
  }
}
