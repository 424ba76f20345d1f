package imageservice.local;

import imageservice.asset.Asset;
import imageservice.asset.AssetName;
import imageservice.asset.AssetNameGrammar;
import imageservice.builder.BuilderWiring;
import imageservice.builder.assemble.Product;
import imageservice.builder.cache.DamageRetry;
import imageservice.builder.material.Fetching;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.sign.BootKeyring;
import imageservice.configuration.CanonicalForms;
import imageservice.configuration.Configuration;
import imageservice.configuration.ConfigurationDecoder;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.configuration.InvalidConfigurationException;
import imageservice.configuration.NamedConfiguration;
import imageservice.ledger.InputProgress;
import imageservice.plan.BuildPlan;
import imageservice.plan.Lock;
import imageservice.plan.PlanContext;
import imageservice.plan.PlanExplanation;
import imageservice.plan.PlanOutcome;
import imageservice.plan.Planner;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `build`: one asset into a file, with the service's own planner and assembler.
@Command(name = "build", description = "Build one asset into a file, without a server.")
final class BuildCommand implements Callable<Integer> {
  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private BootKeyOptions bootKeys = new BootKeyOptions();

  /// Only `--help` of picocli's standard options: `--version` is the Talos version here.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  void help(boolean asked) {
    // picocli prints the usage by itself
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Basis basis = new Basis();

  @Option(
      names = "--asset",
      paramLabel = "NAME",
      required = true,
      description = "the asset's file name, such as metal-amd64.iso")
  private String asset = "";

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Task task = new Task();

  @Option(
      names = "--progress",
      paramLabel = "FORM",
      defaultValue = "${sys:progress:-lines}",
      description =
          "how progress is told on standard error: ${COMPLETION-CANDIDATES} (default: bar on a terminal, else lines)")
  private ProgressDisplay.Form progress = ProgressDisplay.Form.lines;

  /// What the asset is planned from.
  static final class Basis {
    @ArgGroup(exclusive = false)
    private @Nullable Request request;

    @Option(
        names = "--lock",
        paramLabel = "FILE",
        description =
            "build from a lock, as GET /image/ID/VERSION/lock answers it, instead of a configuration and a version: the same bytes when tags have moved on")
    private @Nullable Path lock;
  }

  static final class Request {
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
        names = "--external-url",
        paramLabel = "URL",
        defaultValue = "http://127.0.0.1:8080/",
        description =
            "the address of the service that machines ask for upgrades (default: ${DEFAULT-VALUE})")
    private String externalUrl = "";
  }

  /// What to do with the asset: at least one thing.
  static final class Task {
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
    if (task.output != null) {
      OutputFile output = new OutputFile(task.output);
      output.requireWritable();
      if (basis.lock != null) {
        output.requireNot("--lock", basis.lock);
      } else {
        output.requireNot("--configuration", request().configuration);
      }
    }
    AssetName name = name();
    if (basis.lock != null) {
      Lock lock = LockFile.read(basis.lock);
      build(name, lock.version(), lock.externalUrl(), lock.configuration(), Optional.of(lock));
    } else {
      Request request = request();
      NamedConfiguration named = named(request.configuration);
      String url = Address.parse("--external-url", request.externalUrl);
      TalosVersion talos =
          TalosVersion.parse(request.version)
              .orElseThrow(
                  () -> new CommandException("invalid Talos version \"" + request.version + "\""));
      build(name, talos, url, named, Optional.empty());
    }
    if (System.out.checkError()) {
      throw new CommandException("standard output cannot be written; what belongs there is lost");
    }
    return 0;
  }

  private Request request() {
    return Optional.ofNullable(basis.request).orElseThrow();
  }

  private void build(
      AssetName name, TalosVersion talos, String url, NamedConfiguration named, Optional<Lock> lock)
      throws CommandException {
    Optional<BootKeyring> keys = bootKeys.keys();
    if (lock.isPresent()) {
      LockFile.requireSameKeys(lock.get(), name, keys.map(ServeOptions::publicSide));
    }
    VerifiedSource source = shared.source();
    Source.requireReleases(source.images());
    BuilderWiring side =
        BuildSide.open(
            source,
            Optional.empty(),
            shared.data().resolve("blobs"),
            shared.grubKit(),
            shared.overlayPrograms(),
            Optional.empty(),
            keys);
    Planner planner =
        new Planner(
            url, keys.map(ServeOptions::publicSide), shared.overlayPrograms(), Optional.empty());
    try {
      PlanContext context = lock.isPresent() ? lock.get().context() : context(named, side);
      PlanOutcome.Planned planned =
          plan(planner, new Asset.Configured(named.id(), talos, name), context, side);
      if (lock.isPresent()) {
        LockFile.requireSameRecipe(lock.get(), planned.plan());
      }
      carryOut(planned, side);
    } catch (IOException e) {
      throw new CommandException(Reason.of(e));
    }
  }

  private void carryOut(PlanOutcome.Planned planned, BuilderWiring side) throws IOException {
    planned.warnings().forEach(warning -> System.err.println("warning: " + warning));
    BuildPlan plan = planned.plan();
    if (task.explain) {
      System.out.println(PlanExplanation.of(plan).put("warnings", planned.warnings()).indented());
    }
    if (task.output != null) {
      OutputFile output = new OutputFile(task.output);
      OutputFile.Written written = repeatingAfterDamage(() -> make(plan, side, output));
      (task.explain || output.isStream() ? System.err : System.out).println(written);
    }
  }

  private OutputFile.Written make(BuildPlan plan, BuilderWiring side, OutputFile output)
      throws IOException {
    MaterialSource source = side.material();
    try (ProgressDisplay display = display();
        Fetching fetching = source.watch(plan)) {
      display.follow(() -> fetching.inputs().stream().map(BuildCommand::step).toList());
      Product product = side.assembler().assemble(plan, source.fetch(plan));
      AtomicLong done = new AtomicLong();
      long total = product.asset().length();
      display.follow(
          () -> List.of(new ProgressDisplay.Step("writing " + asset, done.get(), total)));
      return output.write(product.asset(), done::set);
    }
  }

  private ProgressDisplay display() {
    return new ProgressDisplay(System.err, progress);
  }

  private static ProgressDisplay.Step step(InputProgress input) {
    return new ProgressDisplay.Step(
        "fetching " + input.repository(), input.doneBytes(), input.totalBytes());
  }

  private static <T> T repeatingAfterDamage(DamageRetry.Work<T> work) throws IOException {
    return DamageRetry.run(
        work, damage -> System.err.println("image-service: " + damage.getMessage()));
  }

  private static PlanContext context(NamedConfiguration named, BuilderWiring side)
      throws IOException {
    return new PlanContext(Optional.of(named), side.index(), Optional.empty());
  }

  private static PlanOutcome.Planned plan(
      Planner planner, Asset asset, PlanContext context, BuilderWiring side)
      throws CommandException, IOException {
    return switch (planner.plan(asset, context)) {
      case PlanOutcome.Planned planned -> planned;
      case PlanOutcome.Refused refused -> throw new CommandException(refused.message());
      case PlanOutcome.DocumentNeeded needed when context.document().isEmpty() ->
          plan(
              planner,
              asset,
              context.withDocument(repeatingAfterDamage(() -> side.catalogues(needed.version()))),
              side);
      case PlanOutcome.DocumentNeeded needed ->
          throw new IllegalStateException("asked again for the document of " + needed.version());
    };
  }

  private static NamedConfiguration named(Path configuration) throws CommandException {
    try {
      Configuration decoded =
          new ConfigurationDecoder(false).decode(Files.readAllBytes(configuration));
      CanonicalForms forms = CanonicalForms.of(decoded, new IdRule.Plain(), Dialect.PRIMARY);
      forms.change(decoded).ifPresent(System.err::println);
      return forms.primary();
    } catch (IOException e) {
      throw new CommandException(
          "--configuration " + configuration + " cannot be read: " + Reason.of(e));
    } catch (InvalidConfigurationException e) {
      throw new CommandException("--configuration " + configuration + ": " + e.explained());
    }
  }

  private AssetName name() throws CommandException {
    return switch (AssetNameGrammar.parse(asset)) {
      case AssetNameGrammar.Parsed parsed -> parsed.name();
      case AssetNameGrammar.Invalid invalid ->
          throw new CommandException("--asset: " + invalid.whole());
    };
  }
}
