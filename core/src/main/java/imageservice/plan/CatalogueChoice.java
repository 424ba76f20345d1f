package imageservice.plan;

import imageservice.asset.Architecture;
import imageservice.asset.AssetName;
import imageservice.configuration.CanonicalText;
import imageservice.configuration.OptionValue;
import imageservice.configuration.Overlay;
import imageservice.plan.PlanOutcome.Refused;
import imageservice.plan.cmdline.OverlayArguments;
import imageservice.release.Capability;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueNames;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The extensions and the overlay that a request takes from its release's catalogues, which turn
/// names into digests; for an installer, the digest of its base as well.
record CatalogueChoice(
    List<Extension> extensions, OverlayChoice overlay, Optional<Digest> installerBase) {
  sealed interface OverlayChoice {}

  record NoOverlay() implements OverlayChoice {}

  /// An overlay in the table {@link OverlayArguments}.
  ///
  /// @param arguments separated by blanks
  /// @param image digest of the overlay's image
  record KnownOverlay(String arguments, String repository, Digest image) implements OverlayChoice {}

  /// An overlay outside that table: the builder gets its kernel arguments, and what it puts on a
  /// disk, from the overlay's program.
  record ForeignOverlay(OverlayProgram program) implements OverlayChoice {}

  /// The choice, or why a catalogue does not give it.
  sealed interface Outcome {}

  record Chosen(CatalogueChoice choice) implements Outcome {}

  record Absent(Refused refused) implements Outcome {}

  static final CatalogueChoice EMPTY =
      new CatalogueChoice(List.of(), new NoOverlay(), Optional.empty());

  /// Whether the request needs the release's document: it names an extension or overlay of the
  /// catalogues, or wants an installer.
  static boolean isNeeded(PlanRequest request) {
    boolean named =
        !request.customization().officialExtensions().isEmpty()
            || !request.configuration().overlay().isNone();
    return isInstaller(request) || (named && Refusals.takesExtensions(request.name()));
  }

  /// Whether the document tells all that the request needs. One that was written before documents
  /// told of installers does not tell the base of one.
  static boolean isIn(ReleaseDocument document, PlanRequest request) {
    return !(isInstaller(request) && document.installerBase() instanceof InstallerBase.NotRead);
  }

  private static boolean isInstaller(PlanRequest request) {
    return request.name() instanceof AssetName.Installer;
  }

  /// @param runsOverlayPrograms whether the builder may run the programs of overlays outside the
  ///   table
  static Outcome of(PlanRequest request, ReleaseDocument document, boolean runsOverlayPrograms) {
    List<Extension> extensions = new ArrayList<>();
    Set<String> absent = new LinkedHashSet<>();
    for (String name : request.customization().officialExtensions()) {
      document
          .extension(name)
          .ifPresentOrElse(
              found -> extensions.add(extension(found, request.name().architecture())),
              () -> absent.add(name));
    }
    if (!absent.isEmpty()) {
      return new Absent(AbsentNames.extensions(List.copyOf(absent), document));
    }
    Outcome outcome = overlay(request, document, extensions, runsOverlayPrograms);
    return outcome instanceof Chosen(CatalogueChoice choice) && isInstaller(request)
        ? withBase(choice, request, document)
        : outcome;
  }

  private static Outcome withBase(
      CatalogueChoice choice, PlanRequest request, ReleaseDocument document) {
    return document.installerBase() instanceof InstallerBase.Image(Digest digest)
        ? new Chosen(
            new CatalogueChoice(choice.extensions(), choice.overlay(), Optional.of(digest)))
        : new Absent(InstallerPlanner.noBase(request));
  }

  private static Extension extension(CatalogueExtension found, Architecture architecture) {
    return new Extension.Packaged(
        new Input.ExtensionImage(found.name(), found.digest(), architecture, found.repository()));
  }

  private static Outcome overlay(
      PlanRequest request,
      ReleaseDocument document,
      List<Extension> extensions,
      boolean runsOverlayPrograms) {
    Overlay overlay = request.configuration().overlay();
    if (overlay.isNone()) {
      return chosen(extensions, new NoOverlay());
    }
    Optional<CatalogueOverlay> found = document.overlay(overlay.name());
    if (found.isEmpty()) {
      return new Absent(AbsentNames.overlay(overlay.name(), document));
    }
    Optional<String> arguments = OverlayArguments.of(overlay.name());
    if (arguments.isEmpty() && !runsOverlayPrograms && needsArguments(request)) {
      return new Absent(foreignOverlay(overlay.name()));
    }
    OverlayChoice choice =
        arguments.isPresent()
            ? new KnownOverlay(arguments.get(), repository(found.get()), found.get().digest())
            : foreign(found.get(), overlay.options());
    return chosen(extensions, choice);
  }

  private static Chosen chosen(List<Extension> extensions, OverlayChoice overlay) {
    return new Chosen(new CatalogueChoice(extensions, overlay, Optional.empty()));
  }

  /// Installers that leave the command line to the machine carry any overlay.
  private static boolean needsArguments(PlanRequest request) {
    return !isInstaller(request) || Capability.UNIFIED_INSTALLER.in(request.version());
  }

  private static OverlayChoice foreign(CatalogueOverlay overlay, OptionValue.Mapping options) {
    return new ForeignOverlay(
        new OverlayProgram(
            new Input.ImageFile(
                repository(overlay), overlay.digest(), Input.OverlayImage.program(overlay.name())),
            CanonicalText.write(options)));
  }

  /// The overlay's repository; the indexer writes only images below the source's prefix.
  private static String repository(CatalogueOverlay overlay) {
    return CatalogueNames.repository(overlay.image())
        .orElseThrow(() ->
            new IllegalArgumentException("not below the source's prefix: " + overlay.image()));
  }

  private static Refused foreignOverlay(String name) {
    return Refusals.unsupported(
        "the kernel arguments of overlay \"%s\" are not known to this service, and it may not run the overlay's own program; its operator can allow that"
            .formatted(name));
  }
}
