package imageservice.builder.bench;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.asset.Platform;
import imageservice.builder.BuilderWiring;
import imageservice.builder.assemble.Product;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.oci.LayoutSource;
import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.formats.blob.Blob;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanContext;
import imageservice.plan.PlanOutcome;
import imageservice.plan.Planner;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;

/// One asset, built as the service builds it: the real planner, fetcher and assemblers.
///
/// @param asset that is planned, each time anew
record Subject(Planner planner, BuilderWiring wiring, Asset asset, PlanContext context) {
  private static final String CONFIGURATION =
      "customization:\n    extraKernelArgs:\n        - vga=791\n        - nomodeset\n";
  private static final long CACHE = 4L << 30;

  /// Over a folder of OCI layouts.
  static Subject of(Path layouts, Path kitFolder, Path cache, String version, String asset)
      throws IOException {
    BuilderWiring wiring =
        BuilderWiring.open(
            new BuilderWiring.Settings(
                cache,
                CACHE,
                Optional.of(kitFolder),
                false,
                Set.of(),
                Optional.empty(),
                Optional.empty()),
            new LayoutSource(layouts),
            new UnverifiedAdmitted());
    NamedConfiguration named = configuration(CONFIGURATION);
    return new Subject(
        new Planner("http://127.0.0.1:8080/", false),
        wiring,
        new Asset.Configured(named.id(), TalosVersion.parse(version).orElseThrow(), name(asset)),
        new PlanContext(Optional.of(named), wiring.index(), Optional.empty()));
  }

  /// An installer's container image of the same folder.
  ///
  /// @param number makes its configuration another than those of other numbers
  static Subject installer(Path layouts, Path kit, Path cache, String version, int number)
      throws IOException {
    Subject other = of(layouts, kit, cache, version, "kernel-amd64");
    NamedConfiguration named = configuration(CONFIGURATION + "        - number=" + number + "\n");
    TalosVersion parsed = TalosVersion.parse(version).orElseThrow();
    return new Subject(
        other.planner,
        other.wiring,
        new Asset.InstallerImage(named.id(), parsed, Platform.METAL, false),
        new PlanContext(
            Optional.of(named),
            other.context.index(),
            Optional.of(other.wiring.catalogues(parsed))));
  }

  BuildPlan plan() {
    return switch (planner.plan(asset, context)) {
      case PlanOutcome.DocumentNeeded needed -> throw new IllegalStateException(needed.toString());
      case PlanOutcome.Planned planned -> planned.plan();
      case PlanOutcome.Refused refused -> throw new IllegalStateException(refused.message());
    };
  }

  Blob assemble() throws IOException {
    return product().asset();
  }

  Product product() throws IOException {
    BuildPlan plan = plan();
    return wiring.assembler().assemble(plan, wiring.material().fetch(plan));
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
        throw new IllegalStateException("empty: " + asset);
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

  private static NamedConfiguration configuration(String text) {
    try {
      Configuration configuration =
          new ConfigurationDecoder(false).decode(text.getBytes(StandardCharsets.UTF_8));
      return CanonicalForms.of(configuration, new IdRule.Plain(), Dialect.Y4C).primary();
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
}
