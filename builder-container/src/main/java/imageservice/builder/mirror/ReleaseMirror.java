package imageservice.builder.mirror;

import imageservice.builder.fetch.OciImages;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.LayoutFolder;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.release.Capability;
import imageservice.release.CatalogueExtension;
import imageservice.release.CatalogueNames;
import imageservice.release.CatalogueOverlay;
import imageservice.release.Digest;
import imageservice.release.InstallerBase;
import imageservice.release.ReleaseDocument;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Copies all that a release's assets are built from, and nothing that its source does not admit.
/// The release itself, the image `imager`, comes last: where its tag is, everything is.
public final class ReleaseMirror {
  /// Learns what happens.
  public interface Log {
    /// An image is about to be copied.
    void begins(OciImage image);

    /// Content came from the source.
    void fetched(long bytes);

    /// An image could not be copied.
    void failed(OciImage image, SourceException cause);
  }

  private static final String IMAGER = "imager";

  private final OciImages images;
  private final DocumentMaker documents;
  private final ImageCopier copier;
  private final Log log;

  /// @param images of the source, which admit what is copied
  /// @param source of these images
  public ReleaseMirror(OciImages images, ImageSource source, LayoutFolder to, Log log) {
    this.images = images;
    this.documents = new DocumentMaker(images);
    this.copier = new ImageCopier(images, source, to, log::fetched);
    this.log = log;
  }

  /// Copies a release. Of several images that cannot be copied, none keeps the others back, but the
  /// release is not there then.
  ///
  /// @param extensions tells those that are copied
  /// @return whether all of it is there
  public boolean copy(TalosVersion version, Predicate<CatalogueExtension> extensions)
      throws IOException {
    OciImage imager = images.resolve(IMAGER, version.toString());
    ReleaseDocument document = documents.catalogues(version).document();
    boolean whole = true;
    for (OciImage image : needed(document, extensions)) {
      log.begins(image);
      try {
        copier.copy(image);
      } catch (SourceException e) {
        log.failed(image, e);
        whole = false;
      }
    }
    if (whole) {
      log.begins(imager);
      copier.copy(imager);
    }
    return whole;
  }

  /// All images but the imager, each once.
  private List<OciImage> needed(ReleaseDocument document, Predicate<CatalogueExtension> extensions)
      throws IOException {
    TalosVersion version = document.version();
    Map<String, OciImage> needed = new LinkedHashMap<>();
    for (CatalogueOverlay overlay : document.overlays().orElse(List.of())) {
      add(needed, overlay.image(), overlay.ref(), overlay.digest());
    }
    for (CatalogueExtension extension : document.extensions().orElse(List.of())) {
      if (extensions.test(extension)) {
        add(needed, extension.name(), extension.ref(), extension.digest());
      }
    }
    List<OciImage> all = new ArrayList<>(needed.values());
    if (document.installerBase() instanceof InstallerBase.Image(Digest digest)) {
      all.add(new OciImage(InstallerBase.repository(version), version.toString(), digest));
    }
    if (Capability.TALOSCTL_DOWNLOADS.in(version)) {
      talosctl(version).ifPresent(all::add);
    }
    document
        .images()
        .overlays()
        .ifPresent(digest -> all.add(new OciImage("overlays", version.toString(), digest)));
    document
        .images()
        .extensions()
        .ifPresent(digest -> all.add(new OciImage("extensions", version.toString(), digest)));
    return all;
  }

  private Optional<OciImage> talosctl(TalosVersion version) throws IOException {
    try {
      return Optional.of(images.resolve("talosctl-all", version.toString()));
    } catch (SourceException.NotFound e) {
      return Optional.empty();
    }
  }

  private static void add(Map<String, OciImage> to, String name, String ref, Digest digest) {
    CatalogueNames.repository(name)
        .ifPresent(repository ->
            to.putIfAbsent(repository + "@" + digest, new OciImage(repository, tag(ref), digest)));
  }

  /// Behind the last colon, which a registry's port has a slash behind.
  private static String tag(String ref) {
    return ref.substring(ref.lastIndexOf(':') + 1);
  }
}
