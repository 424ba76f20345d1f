package imageservice.local;

import imageservice.builder.IndexLog;
import imageservice.builder.ReleaseIndexing;
import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.GrubKit;
import imageservice.builder.assemble.ImageInputs;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.builder.overlay.SandboxedPrograms;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.Digest;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// The parts of the builder that `serve` and `build` have in common.
record BuildSide(
    Assembler assembler, ReleaseIndexer indexer, DocumentMaker documents, Optional<GrubKit> kit) {
  private static final long CACHE_CAPACITY = 20L << 30;
  private static final Duration OVERLAY_PATIENCE = Duration.ofSeconds(10);

  /// Opens them over a source.
  ///
  /// @param overlayPrograms whether programs of overlays may run
  static BuildSide open(ImageSource source, Path blobs, Path kitFolder, boolean overlayPrograms)
      throws CommandException {
    try {
      BlobCache cache = new BlobCache(blobs, CACHE_CAPACITY, InstantSource.system());
      OciImages images = new OciImages(source, new UnverifiedAdmitted(), cache);
      Optional<GrubKit> kit = GrubKit.load(kitFolder);
      return new BuildSide(
          new Assembler(
              new ImageInputs(images, new DerivedBlobs(cache), kit, programs(overlayPrograms))),
          new ReleaseIndexer(images, new VersionPolicy(VersionPolicy.OLDEST, Set.of())),
          new DocumentMaker(images),
          kit);
    } catch (IOException e) {
      throw new CommandException(Reason.of(e));
    }
  }

  private static OverlayPrograms programs(boolean allowed) {
    return allowed ? new SandboxedPrograms(OVERLAY_PATIENCE) : OverlayPrograms.forbidden();
  }

  /// The index of what the source offers now.
  ReleaseIndex index() throws IOException {
    return indexer.index(ReleaseIndex.EMPTY, kitDigest());
  }

  /// What a plan takes out of a release's catalogues.
  ReleaseDocument document(TalosVersion version) throws IOException {
    return documents.catalogues(version).document();
  }

  /// Keeps a table up to date; documents are written on demand alone.
  ReleaseIndexing indexing(ReleaseLedger releases, IndexLog log) {
    return new ReleaseIndexing(
        indexer, documents, releases, kitDigest(), InstantSource.system(), Duration.ZERO, log);
  }

  Optional<Digest> kitDigest() {
    return kit.map(GrubKit::digest);
  }
}
