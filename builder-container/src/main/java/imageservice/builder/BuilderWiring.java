package imageservice.builder;

import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.KeptSignatures;
import imageservice.builder.assemble.Tools;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.fetch.GrubKitFolder;
import imageservice.builder.fetch.ImageSources;
import imageservice.builder.fetch.MaterialFetcher;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.OwnCatalogue;
import imageservice.builder.fetch.Verifier;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.material.GrubKit;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.mirror.ReleaseMirror;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.LayoutFolder;
import imageservice.builder.oci.Patience;
import imageservice.builder.oci.RegistryAccess;
import imageservice.builder.oci.RegistrySource;
import imageservice.builder.oci.Retries;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.builder.overlay.SandboxedPrograms;
import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.Signer;
import imageservice.builder.store.AssetSink;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.ItemTable;
import imageservice.ledger.PlanStore;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Wires the build side, for AWS and for one machine alike.
public final class BuilderWiring {
  /// The registry and prefix of the official images.
  public static final String STANDARD_SOURCE = "ghcr.io/siderolabs/";

  private static final int ATTEMPTS = 4;

  /// How long a registry may take for a manifest or a list of tags.
  private static final Duration DOCUMENT_LIMIT = Duration.ofMinutes(2);

  /// While it is waited for, a body must bring this many bytes in this time: 16 KiB a second.
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private static final long FLOOR = 30 * (16L << 10);

  /// How long a program of an overlay may run.
  private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(30);

  /// What an operator decides about the build side.
  ///
  /// @param cache folder of the cache of material
  /// @param cacheCapacity in bytes
  /// @param grubKit folder of the GRUB kit; without a kit there are no ISOs with GRUB
  /// @param overlayPrograms whether programs of overlays may run
  /// @param broken versions that are not offered
  /// @param signer signs installer images; absent where the service signs none
  /// @param bootKeys sign assets for secure boot; absent where there are no such assets
  public record Settings(
      Path cache,
      long cacheCapacity,
      Optional<Path> grubKit,
      boolean overlayPrograms,
      Set<TalosVersion> broken,
      Optional<Signer> signer,
      Optional<BootKeyring> bootKeys) {
    public Settings {
      broken = Set.copyOf(broken);
    }
  }

  private final Settings settings;
  private final BlobCache cache;
  private final ImageSources sources;
  private final Optional<GrubKit> kit;

  private BuilderWiring(
      Settings settings, BlobCache cache, ImageSources sources, Optional<GrubKit> kit) {
    this.settings = settings;
    this.cache = cache;
    this.sources = sources;
    this.kit = kit;
  }

  /// Where images come from, and who decides about them.
  public record From(ImageSource source, Verifier verifier) {}

  /// Opens the cache and reads the GRUB kit, for a source alone.
  public static BuilderWiring open(Settings settings, ImageSource source, Verifier verifier)
      throws IOException {
    return open(settings, new From(source, verifier), new LinkedHashMap<>());
  }

  /// Opens the cache and reads the GRUB kit.
  ///
  /// @param catalogues of the operator's, by their prefixes, the first one first
  public static BuilderWiring open(
      Settings settings, From source, SequencedMap<String, From> catalogues) throws IOException {
    BlobCache cache =
        new BlobCache(settings.cache(), settings.cacheCapacity(), InstantSource.system());
    Optional<Path> folder = settings.grubKit();
    OciImages images = new OciImages(source.source(), source.verifier(), cache);
    List<OwnCatalogue> own = new ArrayList<>();
    catalogues.forEach((prefix, from) ->
        own.add(new OwnCatalogue(prefix, images.beside(from.source(), from.verifier()))));
    return new BuilderWiring(
        settings,
        cache,
        new ImageSources(images, own),
        folder.isPresent() ? GrubKitFolder.load(folder.get()) : Optional.empty());
  }

  /// Images below a registry's prefix.
  ///
  /// @param longestDownload until a blob is there, attempts and waits included
  public static ImageSource registry(RegistryAccess access, Duration longestDownload) {
    return new RegistrySource(
        access,
        RegistrySource.client(),
        new Retries(ATTEMPTS, Thread::sleep, () -> ThreadLocalRandom.current().nextDouble()),
        new Patience(DOCUMENT_LIMIT, longestDownload, WINDOW, FLOOR),
        InstantSource.system());
  }

  public Builder builder(ItemTable builds, PlanStore plans, AssetSink sink, BuildLog log) {
    return new Builder(
        new BuildLedger(builds), plans, material(), assembler(), sink, InstantSource.system(), log);
  }

  /// @param budget after which a run begins no further document
  public ReleaseIndexing indexing(ItemTable builds, Duration budget, IndexLog log) {
    return new ReleaseIndexing(
        indexer(),
        new DocumentMaker(sources),
        new ReleaseLedger(builds),
        kitDigest(),
        InstantSource.system(),
        budget,
        log);
  }

  public MaterialSource material() {
    return new MaterialFetcher(sources, kit, overlayPrograms(), new DerivedBlobs(cache));
  }

  public Assembler assembler() {
    DerivedBlobs derived = new DerivedBlobs(cache);
    return new Assembler(
        new Tools(
            derived,
            settings.signer(),
            settings
                .bootKeys()
                .map(keys -> keys.with(signer -> new KeptSignatures(signer, derived)))));
  }

  /// Copies releases of the source, without the operator's own catalogues.
  ///
  /// @param source that this was opened with
  public ReleaseMirror mirror(ImageSource source, LayoutFolder to, ReleaseMirror.Log log) {
    return new ReleaseMirror(sources.source(), source, to, log);
  }

  /// What is kept of sources.
  public BlobCache cache() {
    return cache;
  }

  /// The index of what the source offers now.
  public ReleaseIndex index() throws IOException {
    return indexer().index(ReleaseIndex.EMPTY, kitDigest());
  }

  /// The release's document without talosctl: all of its catalogues that the planner reads.
  public ReleaseDocument catalogues(TalosVersion version) throws IOException {
    return new DocumentMaker(sources).catalogues(version).document();
  }

  public Optional<Digest> kitDigest() {
    return kit.map(GrubKit::digest);
  }

  private ReleaseIndexer indexer() {
    return new ReleaseIndexer(
        sources.source(), new VersionPolicy(VersionPolicy.OLDEST, settings.broken()));
  }

  private OverlayPrograms overlayPrograms() {
    return settings.overlayPrograms()
        ? new SandboxedPrograms(PROGRAM_LIMIT)
        : OverlayPrograms.forbidden();
  }
}
