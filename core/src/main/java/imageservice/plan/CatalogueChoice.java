package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.configuration.CanonicalText;
import imageservice.configuration.OptionValue;
import imageservice.configuration.Overlay;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.OverlayArguments;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueNames;
import imageservice.release.CatalogueOverlay;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The extensions and the overlay that a request takes from its release's catalogues, which turn
/// names into digests.
record CatalogueChoice(List<Extension> extensions, OverlayChoice overlay) {
  sealed interface OverlayChoice {}

  /// An overlay in the table {@link OverlayArguments}, or no overlay.
  ///
  /// @param arguments separated by blanks; empty for no overlay
  record KnownOverlay(String arguments) implements OverlayChoice {}

  /// An overlay outside that table, whose kernel arguments the builder gets from the overlay's
  /// program.
  ///
  /// @param options as YAML, for the program's standard input
  record ForeignOverlay(Input.ImageFile program, String options) implements OverlayChoice {}

  /// The choice, or why a catalogue does not give it.
  sealed interface Outcome {}

  record Chosen(CatalogueChoice choice) implements Outcome {}

  record Absent(Refused refused) implements Outcome {}

  static final CatalogueChoice EMPTY = new CatalogueChoice(List.of(), new KnownOverlay(""));

  /// Whether the request names an extension or overlay of the catalogues.
  static boolean isNeeded(PlanRequest request) {
    return Refusals.takesExtensions(request.name())
        && (!request.customization().officialExtensions().isEmpty()
            || !request.configuration().overlay().isNone());
  }

  /// @param runsOverlayPrograms whether the builder may run the programs of overlays outside the
  ///   table
  static Outcome of(PlanRequest request, ReleaseDocument document, boolean runsOverlayPrograms) {
    List<Extension> extensions = new ArrayList<>();
    for (String name : request.customization().officialExtensions()) {
      Optional<CatalogueExtension> found = document.extension(name);
      if (found.isEmpty()) {
        return new Absent(noExtension(name, request.version(), document));
      }
      extensions.add(extension(found.get(), request.name().architecture()));
    }
    return overlay(request, document, extensions, runsOverlayPrograms);
  }

  private static Extension extension(CatalogueExtension found, Architecture architecture) {
    return new Extension.Packaged(
        new Input.ExtensionImage(found.name(), found.digest(), architecture));
  }

  private static Outcome overlay(
      PlanRequest request,
      ReleaseDocument document,
      List<Extension> extensions,
      boolean runsOverlayPrograms) {
    Overlay overlay = request.configuration().overlay();
    if (overlay.isNone()) {
      return new Chosen(new CatalogueChoice(extensions, new KnownOverlay("")));
    }
    Optional<CatalogueOverlay> found = document.overlay(overlay.name());
    if (found.isEmpty()) {
      return new Absent(noOverlay(overlay.name(), request.version(), document));
    }
    Optional<String> arguments = OverlayArguments.of(overlay.name());
    if (arguments.isEmpty() && !runsOverlayPrograms) {
      return new Absent(foreignOverlay(overlay.name()));
    }
    OverlayChoice choice =
        arguments.isPresent()
            ? new KnownOverlay(arguments.get())
            : foreign(found.get(), overlay.options());
    return new Chosen(new CatalogueChoice(extensions, choice));
  }

  private static OverlayChoice foreign(CatalogueOverlay overlay, OptionValue.Mapping options) {
    return new ForeignOverlay(
        new Input.ImageFile(repository(overlay), overlay.digest(), "installers/" + overlay.name()),
        CanonicalText.write(options));
  }

  /// The overlay's repository; the indexer writes only images below the source's prefix.
  private static String repository(CatalogueOverlay overlay) {
    return CatalogueNames.repository(overlay.image())
        .orElseThrow(() ->
            new IllegalArgumentException("not below the source's prefix: " + overlay.image()));
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

  /// The reference's message, then the names closest to the requested one.
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

  private static Refused foreignOverlay(String name) {
    return Refusals.unsupported(
        "the kernel arguments of overlay \"%s\" are not known to this service, and it may not run the overlay's own program; its operator can allow that"
            .formatted(name));
  }
}
