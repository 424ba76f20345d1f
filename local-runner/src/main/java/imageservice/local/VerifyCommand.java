package imageservice.local;

import imageservice.builder.BuilderWiring;
import imageservice.builder.assemble.Product;
import imageservice.builder.cache.DamageRetry;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.json.MalformedJsonException;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `verify`: builds an asset again by its plan and compares it with a file.
@Command(
    name = "verify",
    description =
        "Build an asset again and compare it with a file; the first difference is named by what lies there.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private BootKeyOptions bootKeys = new BootKeyOptions();

  @Parameters(paramLabel = "FILE", description = "the asset as it was downloaded")
  private Path file = Path.of("");

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Basis basis = new Basis();

  /// Where the plan is.
  static final class Basis {
    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "the asset's URL; the service there tells the plan")
    private @Nullable String url;

    @Option(
        names = "--plan",
        paramLabel = "PLAN",
        description = "the asset's plan: what the asset's URL answers with .plan.json behind it")
    private @Nullable Path plan;
  }

  @Override
  public Integer call() throws CommandException {
    if (!Files.isRegularFile(file)) {
      throw new CommandException("%s: there is no such file".formatted(file));
    }
    BuildPlan plan = plan();
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
            bootKeys.keys());
    try {
      FileBlob given = new FileBlob(file);
      Optional<Difference> difference =
          DamageRetry.run(
              () -> Difference.between(given, built(plan, side)),
              damage -> System.err.println("image-service: " + damage.getMessage()));
      if (difference.isPresent()) {
        throw new CommandException(
            "%s is not what its plan builds: %s".formatted(file, difference.get()));
      }
      System.out.println("%s is what its plan builds: %d bytes".formatted(file, given.length()));
      return 0;
    } catch (IOException e) {
      throw new CommandException(Reason.of(e));
    }
  }

  private static Blob built(BuildPlan plan, BuilderWiring side) throws IOException {
    Product product = side.assembler().assemble(plan, side.material().fetch(plan));
    return product.asset();
  }

  private BuildPlan plan() throws CommandException {
    String name = basis.url != null ? "--url " + basis.url : "--plan " + basis.plan;
    try {
      return BuildPlanJson.read(
          basis.plan != null
              ? Files.readString(basis.plan)
              : PlanDownload.of(Optional.ofNullable(basis.url).orElseThrow()));
    } catch (IOException e) {
      throw new CommandException("%s: %s".formatted(name, Reason.of(e)));
    } catch (MalformedJsonException e) {
      throw new CommandException(
          "%s: this is no plan of this version's: %s".formatted(name, e.getMessage()));
    }
  }
}
