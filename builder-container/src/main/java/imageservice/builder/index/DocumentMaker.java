package imageservice.builder.index;

import imageservice.asset.Architecture;
import imageservice.builder.cache.CachedBlob;
import imageservice.builder.fetch.ImageSources;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.OwnCatalogue;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.release.Capability;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueImages;
import imageservice.release.CatalogueOverlay;
import imageservice.release.InstallerBase;
import imageservice.release.ListedCatalogue;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import imageservice.release.Talosctl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a release's document out of its catalogue images: `extensions`, from 1.7 on `overlays`,
/// from 1.11 on `talosctl-all`; of an installer's base it tells the digest. A catalogue that the
/// source does not have is left out; every other failure is an exception, so that no existing
/// catalogue is taken for a missing one.
public final class DocumentMaker {
  private static final String EXTENSIONS = "extensions";
  private static final String OVERLAYS = "overlays";
  private static final String TALOSCTL = "talosctl-all";

  /// Catalogues are the same for every architecture.
  private static final Architecture PLATFORM = Architecture.AMD64;

  private final OciImages images;
  private final List<OwnCatalogue> own;

  public DocumentMaker(OciImages images) {
    this(new ImageSources(images, List.of()));
  }

  public DocumentMaker(ImageSources sources) {
    this.images = sources.source();
    this.own = sources.catalogues();
  }

  /// A document, and what the catalogues name that it leaves out.
  ///
  /// @param passedOver names in the catalogues whose images are not below the source's prefix
  public record Made(ReleaseDocument document, List<String> passedOver) {
    public Made {
      passedOver = List.copyOf(passedOver);
    }
  }

  /// The whole document. Streams the whole image of talosctl to learn its files' names, unless
  /// `before` has those of the same image.
  ///
  /// @param before the document as it was
  public Made make(TalosVersion version, Optional<ReleaseDocument> before) throws IOException {
    Made catalogues = catalogues(version);
    ReleaseDocument document = catalogues.document();
    return new Made(
        new ReleaseDocument(
            version,
            document.extensions(),
            document.overlays(),
            talosctl(version, before.flatMap(ReleaseDocument::talosctl)),
            document.installerBase(),
            document.images(),
            document.catalogues()),
        catalogues.passedOver());
  }

  /// The document without talosctl: all that the planner reads.
  public Made catalogues(TalosVersion version) throws IOException {
    List<String> passedOver = new ArrayList<>();
    Optional<OciImage> extensions = find(EXTENSIONS, version);
    Optional<OciImage> overlays =
        Capability.OVERLAYS.in(version) ? find(OVERLAYS, version) : Optional.empty();
    List<Optional<OciImage>> ownImages = new ArrayList<>();
    List<CatalogueExtension> first = new ArrayList<>();
    for (OwnCatalogue catalogue : own) {
      Optional<OciImage> image = find(catalogue.images(), EXTENSIONS, version);
      ownImages.add(image);
      if (image.isPresent()) {
        Placement placement = Placement.ofOwn(catalogue.prefix());
        first.addAll(extensions(catalogue.images(), image.get(), placement).extensions());
      }
    }
    return new Made(
        new ReleaseDocument(
            version,
            together(first, extensions(extensions, passedOver)),
            overlays(overlays, passedOver),
            Optional.empty(),
            installerBase(version),
            new CatalogueImages(extensions.map(OciImage::digest), overlays.map(OciImage::digest)),
            named(ownImages)),
        passedOver);
  }

  private List<ListedCatalogue> named(List<Optional<OciImage>> images) {
    List<ListedCatalogue> named = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      named.add(new ListedCatalogue(own.get(i).prefix(), images.get(i).map(OciImage::digest)));
    }
    return named;
  }

  /// Of equal names the first one counts.
  private static Optional<List<CatalogueExtension>> together(
      List<CatalogueExtension> first, Optional<List<CatalogueExtension>> official) {
    if (first.isEmpty()) {
      return official;
    }
    Map<String, CatalogueExtension> byName = new LinkedHashMap<>();
    first.forEach(extension -> byName.putIfAbsent(extension.name(), extension));
    official
        .orElse(List.of())
        .forEach(extension -> byName.putIfAbsent(extension.name(), extension));
    return Optional.of(List.copyOf(byName.values()));
  }

  /// Whether the operator has catalogues of their own.
  public boolean hasOwn() {
    return !own.isEmpty();
  }

  /// Whether a document was made with the catalogues that the operator has now.
  public boolean isOfTheseCatalogues(ReleaseDocument document) {
    return document.catalogues().stream()
        .map(ListedCatalogue::prefix)
        .toList()
        .equals(own.stream().map(OwnCatalogue::prefix).toList());
  }

  /// Whether what the operator's catalogues have for a release has changed since its document was
  /// made. Their tags may move, other than a release's.
  public boolean isOutdated(ReleaseDocument document) throws IOException {
    List<Optional<OciImage>> images = new ArrayList<>();
    for (OwnCatalogue catalogue : own) {
      images.add(find(catalogue.images(), EXTENSIONS, document.version()));
    }
    return !named(images).equals(document.catalogues());
  }

  /// Whether a document has every catalogue that its version may have.
  public static boolean isComplete(ReleaseDocument document) {
    TalosVersion version = document.version();
    return document.extensions().isPresent()
        && (document.overlays().isPresent() || !Capability.OVERLAYS.in(version))
        && (document.talosctl().isPresent() || !Capability.TALOSCTL_DOWNLOADS.in(version))
        && document.installerBase() instanceof InstallerBase.Image;
  }

  private Optional<List<CatalogueExtension>> extensions(
      Optional<OciImage> image, List<String> passedOver) throws IOException {
    if (image.isEmpty()) {
      return Optional.empty();
    }
    ExtensionCatalogue catalogue =
        extensions(images, image.get(), Placement.below(images.prefix()));
    passedOver.addAll(catalogue.passedOver());
    return Optional.of(catalogue.extensions());
  }

  private static ExtensionCatalogue extensions(OciImages from, OciImage image, Placement placement)
      throws IOException {
    Wanted wanted =
        new Wanted(Set.of(ExtensionCatalogue.LINES), Set.of(ExtensionCatalogue.DESCRIPTIONS));
    Map<String, CachedBlob> files = from.files(image, PLATFORM, wanted);
    byte[] lines = content(image, files, ExtensionCatalogue.LINES);
    Optional<byte[]> descriptions =
        files.containsKey(ExtensionCatalogue.DESCRIPTIONS)
            ? Optional.of(content(image, files, ExtensionCatalogue.DESCRIPTIONS))
            : Optional.empty();
    try {
      return ExtensionCatalogue.parse(lines, descriptions, placement);
    } catch (MalformedCatalogueException e) {
      throw new CatalogueException(image, String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<List<CatalogueOverlay>> overlays(
      Optional<OciImage> image, List<String> passedOver) throws IOException {
    if (image.isEmpty()) {
      return Optional.empty();
    }
    Map<String, CachedBlob> files =
        images.files(image.get(), PLATFORM, Wanted.files(OverlayCatalogue.FILE));
    try {
      OverlayCatalogue catalogue =
          OverlayCatalogue.parse(
              content(image.get(), files, OverlayCatalogue.FILE), images.prefix());
      passedOver.addAll(catalogue.passedOver());
      return Optional.of(catalogue.overlays());
    } catch (MalformedCatalogueException e) {
      throw new CatalogueException(image.get(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<Talosctl> talosctl(TalosVersion version, Optional<Talosctl> before)
      throws IOException {
    Optional<OciImage> image =
        Capability.TALOSCTL_DOWNLOADS.in(version) ? find(TALOSCTL, version) : Optional.empty();
    if (image.isEmpty()) {
      return Optional.empty();
    }
    if (before.isPresent() && before.get().image().equals(image.get().digest())) {
      return before;
    }
    List<String> files =
        images.paths(image.get(), PLATFORM).stream().filter(Talosctl::isFile).toList();
    return Optional.of(new Talosctl(image.get().digest(), files));
  }

  /// Registries deny what is not there as well, and nothing but installers needs it.
  private InstallerBase installerBase(TalosVersion version) throws IOException {
    try {
      return find(InstallerBase.repository(version), version)
          .<InstallerBase>map(image -> new InstallerBase.Image(image.digest()))
          .orElseGet(InstallerBase.Absent::new);
    } catch (SourceException.Denied e) {
      return new InstallerBase.Absent();
    }
  }

  private Optional<OciImage> find(String repository, TalosVersion version) throws IOException {
    return find(images, repository, version);
  }

  private static Optional<OciImage> find(OciImages images, String repository, TalosVersion version)
      throws IOException {
    try {
      return Optional.of(images.resolve(repository, version.toString()));
    } catch (SourceException.NotFound e) {
      return Optional.empty();
    }
  }

  private static byte[] content(OciImage image, Map<String, CachedBlob> files, String path)
      throws IOException {
    CachedBlob file = files.get(path);
    if (file == null) {
      throw new CatalogueException(image, path + " is not a regular file", null);
    }
    if (file.length() > ExtensionCatalogue.LIMIT) {
      throw new CatalogueException(
          image,
          "%s: %d bytes, at most %d".formatted(path, file.length(), ExtensionCatalogue.LIMIT),
          null);
    }
    return file.bytes(ExtensionCatalogue.LIMIT);
  }
}
