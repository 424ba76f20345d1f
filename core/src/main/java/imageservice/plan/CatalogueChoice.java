package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.configuration.Overlay;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueOverlay;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a request takes out of its release's catalogues: names become digests here.
///
/// @param overlayArguments kernel arguments of the overlay; empty where there is none
record CatalogueChoice(List<Extension> extensions, String overlayArguments) {
  /// The choice, or why there is none.
  sealed interface Outcome {}

  record Chosen(CatalogueChoice choice) implements Outcome {}

  record Absent(Refused refused) implements Outcome {}

  static final CatalogueChoice NOTHING = new CatalogueChoice(List.of(), "");

  static boolean isNeeded(PlanRequest request) {
    return Refusals.takesExtensions(request.name())
        && (!request.configuration().customization().officialExtensions().isEmpty()
            || !request.configuration().overlay().isNone());
  }

  static Outcome of(PlanRequest request, ReleaseDocument document) {
    List<Extension> extensions = new ArrayList<>();
    for (String name : request.configuration().customization().officialExtensions()) {
      Optional<CatalogueExtension> found = document.extension(name);
      if (found.isEmpty()) {
        return new Absent(noExtension(name, request.version(), document));
      }
      extensions.add(extension(found.get(), request.name().architecture()));
    }
    return overlay(request, document, extensions);
  }

  private static Extension extension(CatalogueExtension found, Architecture architecture) {
    return new Extension.Packaged(
        new Input.ExtensionImage(found.name(), found.digest(), architecture));
  }

  private static Outcome overlay(
      PlanRequest request, ReleaseDocument document, List<Extension> extensions) {
    Overlay overlay = request.configuration().overlay();
    if (overlay.isNone()) {
      return new Chosen(new CatalogueChoice(extensions, ""));
    }
    if (document.overlay(overlay.name()).isEmpty()) {
      return new Absent(noOverlay(overlay.name(), request.version(), document));
    }
    return OverlayArguments.of(overlay.name())
        .<Outcome>map(arguments -> new Chosen(new CatalogueChoice(extensions, arguments)))
        .orElseGet(() -> new Absent(unknownOverlay(overlay.name())));
  }

  private static Refused noExtension(String name, TalosVersion version, ReleaseDocument document) {
    return absent(
        "extension",
        name,
        version,
        document.extensions().map(list -> list.stream().map(CatalogueExtension::name).toList()));
  }

  private static Refused noOverlay(String name, TalosVersion version, ReleaseDocument document) {
    return absent(
        "overlay",
        name,
        version,
        document.overlays().map(list -> list.stream().map(CatalogueOverlay::name).toList()));
  }

  /// The reference's words, then what may have been meant.
  private static Refused absent(
      String what, String name, TalosVersion version, Optional<List<String>> names) {
    String message =
        "official %s \"%s\" is not available for Talos version %s".formatted(what, name, version);
    if (names.isEmpty()) {
      return Refusals.unsupported(
          message + ": the version has no catalogue of %ss".formatted(what));
    }
    List<String> close = CloseNames.of(name, names.get());
    return Refusals.unsupported(
        close.isEmpty() ? message : message + "; close names: " + String.join(", ", close));
  }

  private static Refused unknownOverlay(String name) {
    return Refusals.unsupported(
        "overlay \"%s\" is not one whose kernel arguments this service knows".formatted(name));
  }
}
