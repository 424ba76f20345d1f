package imageservice.builder.bench;

import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.BuildStages;
import imageservice.builder.assemble.GrubKit;
import imageservice.builder.assemble.ImageInputs;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.oci.LayoutSource;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.formats.blob.Blob;
import imageservice.ledger.Stage;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanOutcome;
import imageservice.plan.PlanRequest;
import imageservice.plan.Planner;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// One asset, built as the service builds it: the real planner, fetcher and assemblers.
///
/// @param request what is planned, each time anew
record Subject(Planner planner, Assembler assembler, ReleaseIndex index, PlanRequest request) {
  private static final String CONFIGURATION =
      "customization:\n    extraKernelArgs:\n        - vga=791\n        - nomodeset\n";
  private static final long CACHE = 4L << 30;

  /// Over a folder of OCI layouts.
  static Subject of(Path layouts, Path kitFolder, Path cache, String version, String asset)
      throws IOException {
    BlobCache blobs = new BlobCache(cache, CACHE, InstantSource.system());
    OciImages images = new OciImages(new LayoutSource(layouts), new UnverifiedAdmitted(), blobs);
    Optional<GrubKit> kit = GrubKit.load(kitFolder);
    ReleaseIndex index =
        new ReleaseIndexer(images, new VersionPolicy(TalosVersion.of(1, 2, 0), Set.of()))
            .index(ReleaseIndex.EMPTY, kit.map(GrubKit::digest));
    return new Subject(
        new Planner("http://127.0.0.1:8080/", false, false),
        new Assembler(
            new ImageInputs(images, new DerivedBlobs(blobs), kit, OverlayPrograms.forbidden())),
        index,
        request(version, asset));
  }

  BuildPlan plan() {
    return switch (planner.plan(request, index, Optional.empty())) {
      case PlanOutcome.DocumentNeeded needed -> throw new IllegalStateException(needed.toString());
      case PlanOutcome.Planned planned -> planned.plan();
      case PlanOutcome.Refused refused -> throw new IllegalStateException(refused.message());
    };
  }

  Blob assemble() throws IOException {
    return assembler.assemble(plan(), new NobodyWatches()).content();
  }

  /// Planned, assembled and read to the end, hashed on the way: what storing it takes, but for the
  /// storing.
  void hash() throws IOException {
    pour(assemble(), OutputStream.nullOutputStream());
  }

  /// The same into a file.
  void hashInto(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      pour(assemble(), out);
    }
  }

  void firstByte() throws IOException {
    try (var in = assemble().open()) {
      if (in.read() < 0) {
        throw new IllegalStateException("empty: " + request.name());
      }
    }
  }

  static void pour(Blob content, OutputStream out) throws IOException {
    try {
      content.writeTo(new DigestOutputStream(out, MessageDigest.getInstance("SHA-256")));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static PlanRequest request(String version, String asset) throws IOException {
    try {
      Configuration configuration =
          new ConfigurationDecoder(false).decode(CONFIGURATION.getBytes(StandardCharsets.UTF_8));
      CanonicalForms.Form form =
          CanonicalForms.of(configuration, new IdRule.Plain(), Dialect.Y4C).primary();
      return new PlanRequest(
          form.id(),
          form.text(),
          configuration,
          TalosVersion.parse(version).orElseThrow(),
          name(asset));
    } catch (InvalidConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AssetName name(String asset) {
    return switch (AssetNameGrammar.parse(asset)) {
      case AssetNameGrammar.Parsed parsed -> parsed.name();
      case AssetNameGrammar.Invalid invalid -> throw new IllegalStateException(invalid.reason());
    };
  }

  static final class NobodyWatches implements BuildStages {
    @Override
    public void enter(Stage stage, long totalBytes) {}

    @Override
    public void done(long bytes) {}
  }
}
