package imageservice.builder;

import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.Product;
import imageservice.builder.cache.DamageRetry;
import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.material.Fetching;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.material.Material;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.material.UnfitInputException;
import imageservice.builder.oci.SourceException;
import imageservice.builder.sign.SigningException;
import imageservice.builder.store.AssetSink;
import imageservice.builder.store.StoreException;
import imageservice.formats.MalformedException;
import imageservice.json.MalformedJsonException;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.ledger.InputAdmission;
import imageservice.ledger.KnownProduct;
import imageservice.ledger.PlanStore;
import imageservice.ledger.Progress;
import imageservice.ledger.Stage;
import imageservice.ledger.StoredProduct;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.BuildPlanJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Carries orders out: claim the record, fetch, assemble, store, write the outcome into the record.
/// Material that turns out damaged in the cache is fetched again within the same order. A build
/// whose record another builder has taken over stops and leaves the record alone.
public final class Builder {
  private final BuildLedger ledger;
  private final PlanStore plans;
  private final MaterialSource source;
  private final Assembler assembler;
  private final ProductStore store;
  private final InstantSource clock;
  private final BuildLog log;
  private final Duration heartbeat;

  public Builder(
      BuildLedger ledger,
      PlanStore plans,
      MaterialSource source,
      Assembler assembler,
      AssetSink sink,
      InstantSource clock,
      BuildLog log) {
    this(ledger, plans, source, assembler, sink, clock, log, BuildRecord.HEARTBEAT);
  }

  Builder(
      BuildLedger ledger,
      PlanStore plans,
      MaterialSource source,
      Assembler assembler,
      AssetSink sink,
      InstantSource clock,
      BuildLog log,
      Duration heartbeat) {
    this.ledger = ledger;
    this.plans = plans;
    this.source = source;
    this.assembler = assembler;
    this.store = new ProductStore(sink);
    this.clock = clock;
    this.log = log;
    this.heartbeat = heartbeat;
  }

  /// Builds, unless the order is stale.
  ///
  /// @throws IOException where the table of records cannot be reached
  public void build(BuildOrder order) throws IOException {
    if (!ledger.claim(order.address(), order.fence(), clock.instant())) {
      return;
    }
    Instant begin = clock.instant();
    try (RunningBuild build = new RunningBuild(ledger, order, clock, heartbeat)) {
      finish(order, begin, copyOrBuild(order, build), build);
    } catch (LostBuildException e) {
      log.lost(order.address());
    } catch (IOException | RuntimeException e) {
      FailureKind kind = kind(e);
      log.failed(order.address(), kind, e);
      ledger.fail(order.address(), order.fence(), kind, FailureMessage.of(e), clock.instant());
    }
  }

  private record Outcome(StoredProduct product, boolean copied) {}

  private void finish(BuildOrder order, Instant begin, Outcome outcome, RunningBuild build)
      throws IOException {
    BuildState.Ready ready = new BuildState.Ready(outcome.product(), clock.instant());
    if (!ledger.ready(order.address(), order.fence(), ready)) {
      throw new LostBuildException(order.address());
    }
    ledger.remember(
        order.plan(), new KnownProduct(order.address(), outcome.product()), clock.instant());
    log.built(
        order.address(),
        outcome.product().asset().size(),
        Duration.between(begin, clock.instant()),
        outcome.copied(),
        build.stages());
    if (!outcome.copied()) {
      note(order, Duration.between(begin, clock.instant()));
    }
  }

  /// For who waits for the next one. The build is done, so a table that is away fails nothing.
  private void note(BuildOrder order, Duration took) {
    try {
      ledger.pace().note(order.address().asset().kind(), took);
    } catch (IOException e) {
      // the next build is noted
    }
  }

  private Outcome copyOrBuild(BuildOrder order, RunningBuild build) throws IOException {
    Optional<KnownProduct> known = ledger.productOf(order.plan());
    if (known.isPresent() && !known.get().address().equals(order.address())) {
      build.enter(Stage.STORING, known.get().product().asset().size());
      if (store.copy(known.get(), order.address())) {
        return new Outcome(known.get().product(), true);
      }
    }
    BuildPlan plan = plan(order.plan());
    StoredProduct stored =
        DamageRetry.run(
            () -> make(order, plan, build), damage -> log.damaged(order.address(), damage));
    return new Outcome(stored, false);
  }

  private StoredProduct make(BuildOrder order, BuildPlan plan, RunningBuild build)
      throws IOException {
    Material material = fetch(plan, build);
    List<InputAdmission> admissions = source.admissions(plan);
    build.enter(Stage.ASSEMBLING, 0);
    Product product = assembler.assemble(plan, material);
    build.enter(Stage.STORING, ProductStore.size(product));
    return store.put(order.address(), product, build::done).admittedBy(admissions);
  }

  private Material fetch(BuildPlan plan, RunningBuild build) throws IOException {
    try (Fetching fetching = source.watch(plan)) {
      build.enter(Stage.FETCHING, () -> Progress.fetching(fetching.inputs()));
      return source.fetch(plan);
    }
  }

  private BuildPlan plan(AssetKey key) throws IOException {
    String json =
        plans
            .find(key)
            .orElseThrow(
                () -> new IOException("the plan " + key + " is not kept; ask for the asset again"));
    try {
      return BuildPlanJson.read(json);
    } catch (MalformedJsonException e) {
      throw new IOException("the plan " + key + " is another version's: " + e.getMessage(), e);
    }
  }

  private static FailureKind kind(Exception e) {
    return switch (e) {
      case UnfitInputException ignored -> FailureKind.INPUT;
      case SourceException ignored -> FailureKind.SOURCE;
      case MalformedException ignored -> FailureKind.INPUT;
      case DamagedBlobException ignored -> FailureKind.SOURCE;
      case GrubKitException ignored -> FailureKind.SOURCE;
      case SigningException ignored -> FailureKind.DEFECT;
      case StoreException ignored -> FailureKind.STORAGE;
      case IOException ignored -> FailureKind.STORAGE;
      default -> FailureKind.DEFECT;
    };
  }
}
