package imageservice.local;

import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.formats.blob.Blob;
import imageservice.plan.BuildPlan;
import imageservice.plan.PlanExplanation;
import imageservice.plan.PlanOutcome;
import imageservice.plan.PlanRequest;
import imageservice.plan.Planner;
import imageservice.release.ReleaseDocument;
import imageservice.release.ReleaseIndex;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `build`: one asset into a file, by the planner and the builder that the service has.
@Command(name = "build", description = "Build one asset into a file, without a server.")
final class BuildCommand implements Callable<Integer> {
  @Mixin private SharedOptions shared = new SharedOptions();

  /// Alone, as `--version` is the release's here.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  void help(boolean asked) {
    // picocli prints the usage by itself
  }

  @Option(
      names = "--configuration",
      paramLabel = "FILE",
      required = true,
      description = "the configuration, YAML or JSON")
  private Path configuration = Path.of("");

  @Option(
      names = "--version",
      paramLabel = "V",
      required = true,
      description = "the Talos version, such as v1.9.5")
  private String version = "";

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      required = true,
      description = "the asset's file name, such as metal-amd64.iso")
  private String asset = "";

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Wanted wanted = new Wanted();

  @Option(
      names = "--external-url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080/",
      description =
          "the address of the service that machines ask for upgrades (default: ${DEFAULT-VALUE})")
  private String externalUrl = "";

  /// What to do with the asset: at least one thing.
  static final class Wanted {
    @Option(
        names = "--output",
        paramLabel = "FILE",
        description = "where to put it; replaced if it is there")
    private @Nullable Path output;

    @Option(
        names = "--explain",
        description =
            "print what it is made of as JSON: recipe, command line, inputs by digest, extensions; builds nothing without --output")
    private boolean explain;
  }

  @Override
  public Integer call() throws CommandException {
    if (wanted.output != null) {
      requirePlace(wanted.output);
    }
    Configuration decoded = decode();
    CanonicalForms.Form form =
        CanonicalForms.of(decoded, new IdRule.Plain(), Dialect.PRIMARY).primary();
    String url = Address.parse("--external-url", externalUrl);
    AssetName name = name();
    TalosVersion talos =
        TalosVersion.parse(version)
            .orElseThrow(() -> new CommandException("invalid Talos version \"" + version + "\""));
    BuildSide side =
        BuildSide.open(
            Source.open(shared.source()),
            shared.data().resolve("blobs"),
            shared.grubKit(),
            shared.overlayPrograms());
    PlanRequest request = new PlanRequest(form.id(), form.text(), decoded, talos, name);
    try {
      BuildPlan plan = plan(new Planner(url, false, shared.overlayPrograms()), request, side);
      if (wanted.explain) {
        System.out.println(PlanExplanation.of(plan).indented());
      }
      if (wanted.output != null) {
        write(side.assembler().assemble(plan, new SilentStages()).content(), wanted.output);
      }
    } catch (IOException e) {
      throw new CommandException(Reason.of(e));
    }
    return 0;
  }

  private static BuildPlan plan(Planner planner, PlanRequest request, BuildSide side)
      throws CommandException, IOException {
    ReleaseIndex index = side.index();
    return switch (planner.plan(request, index, Optional.empty())) {
      case PlanOutcome.Planned planned -> planned.plan();
      case PlanOutcome.Refused refused -> throw new CommandException(refused.message());
      case PlanOutcome.DocumentNeeded needed ->
          plan(planner, request, index, side.document(needed.version()));
    };
  }

  private static BuildPlan plan(
      Planner planner, PlanRequest request, ReleaseIndex index, ReleaseDocument document)
      throws CommandException {
    return switch (planner.plan(request, index, Optional.of(document))) {
      case PlanOutcome.Planned planned -> planned.plan();
      case PlanOutcome.Refused refused -> throw new CommandException(refused.message());
      case PlanOutcome.DocumentNeeded needed ->
          throw new IllegalStateException("asked again for the document of " + needed.version());
    };
  }

  private Configuration decode() throws CommandException {
    try {
      return new ConfigurationDecoder(false).decode(Files.readAllBytes(configuration));
    } catch (IOException e) {
      throw new CommandException(
          "--configuration " + configuration + " cannot be read: " + Reason.of(e));
    } catch (InvalidConfigurationException e) {
      throw new CommandException("--configuration " + configuration + ": " + e.line());
    }
  }

  private AssetName name() throws CommandException {
    return switch (AssetNameGrammar.parse(asset)) {
      case AssetNameGrammar.Parsed parsed -> parsed.name();
      case AssetNameGrammar.Invalid invalid ->
          throw new CommandException("--asset: " + invalid.reason());
    };
  }

  /// The whole file or none: written beside its place, then moved there.
  private static void write(Blob content, Path output) throws IOException {
    Path target = output.toAbsolutePath().normalize();
    Path incoming =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".incoming");
    try {
      try (OutputStream out = Files.newOutputStream(incoming)) {
        content.writeTo(out);
      }
      Files.move(
          incoming, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /// Looked at before anything is built.
  private static void requirePlace(Path output) throws CommandException {
    Path target = output.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null || Files.isDirectory(target)) {
      throw new CommandException("--output " + output + ": this is a folder; name a file");
    }
    if (!Files.isDirectory(parent)) {
      throw new CommandException("--output " + output + ": there is no folder " + parent);
    }
    if (!Files.isWritable(parent)) {
      throw new CommandException("--output " + output + ": the folder " + parent + " is read-only");
    }
  }
}
