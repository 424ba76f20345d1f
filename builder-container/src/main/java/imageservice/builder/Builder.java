package imageservice.builder;

import imageservice.asset.MediaTypes;
import imageservice.builder.assemble.Assembled;
import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.GrubKitException;
import imageservice.builder.cache.DamagedBlobException;
import imageservice.builder.fetch.UnfitInputException;
import imageservice.builder.oci.SourceException;
import imageservice.builder.store.AssetSink;
import imageservice.builder.store.StoreException;
import imageservice.formats.MalformedException;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.ledger.Stage;
import imageservice.plan.AssetKey;
import imageservice.plan.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Carries orders out: claim, fetch, assemble, store, say so. Whatever happens ends in the build's
/// record, but for a build that has another builder by now, which is left alone.
public final class Builder {
  private final BuildLedger ledger;
  private final Assembler assembler;
  private final AssetSink sink;
  private final InstantSource clock;
  private final BuildLog log;
  private final Duration heartbeat;

  public Builder(
      BuildLedger ledger, Assembler assembler, AssetSink sink, InstantSource clock, BuildLog log) {
    this(ledger, assembler, sink, clock, log, BuildRecord.HEARTBEAT);
  }

  Builder(
      BuildLedger ledger,
      Assembler assembler,
      AssetSink sink,
      InstantSource clock,
      BuildLog log,
      Duration heartbeat) {
    this.ledger = ledger;
    this.assembler = assembler;
    this.sink = sink;
    this.clock = clock;
    this.log = log;
    this.heartbeat = heartbeat;
  }

  /// Builds, unless the order is stale.
  ///
  /// @throws IOException where the table of records cannot be reached
  public void build(BuildOrder order) throws IOException {
    if (!ledger.claim(order.buildId(), order.fence(), clock.instant())) {
      return;
    }
    Instant begin = clock.instant();
    try (RunningBuild build = new RunningBuild(ledger, order, clock, heartbeat)) {
      finish(order, begin, copyOrBuild(order, build));
    } catch (LostBuildException e) {
      log.failed(order.objectKey().value(), e);
    } catch (IOException | RuntimeException e) {
      log.failed(order.objectKey().value(), e);
      ledger.fail(order.buildId(), order.fence(), kind(e), message(e), clock.instant());
    }
  }

  private record Outcome(KnownObject object, boolean copied) {}

  private void finish(BuildOrder order, Instant begin, Outcome outcome) throws IOException {
    AssetSink.Stored stored = outcome.object().stored();
    BuildState.Ready ready =
        new BuildState.Ready(
            stored.size(), stored.sha256(), clock.instant(), outcome.object().measurements());
    if (!ledger.ready(order.buildId(), order.fence(), ready)) {
      throw new LostBuildException(order.buildId());
    }
    ledger.rememberObject(AssetKey.of(order.plan()).hex(), outcome.object().toText());
    log.built(
        order.objectKey().value(),
        stored.size(),
        Duration.between(begin, clock.instant()),
        outcome.copied());
  }

  private Outcome copyOrBuild(BuildOrder order, RunningBuild build) throws IOException {
    AssetSink.Target target = target(order.objectKey());
    Optional<KnownObject> known =
        ledger.objectOf(AssetKey.of(order.plan()).hex()).flatMap(KnownObject::parse);
    if (known.isPresent() && !known.get().key().equals(target.key())) {
      build.enter(Stage.STORING, known.get().stored().size());
      if (sink.copy(known.get().key(), target)) {
        return new Outcome(known.get().at(target.key()), true);
      }
    }
    Assembled asset = assembler.assemble(order.plan(), build);
    build.enter(Stage.STORING, asset.content().length());
    AssetSink.Stored stored = sink.put(target, asset.content(), build::done);
    return new Outcome(new KnownObject(target.key(), stored, asset.measurements()), false);
  }

  private static AssetSink.Target target(ObjectKey key) {
    return new AssetSink.Target(key.value(), MediaTypes.of(key.fileName()), key.fileName());
  }

  private static FailureKind kind(Exception e) {
    return switch (e) {
      case UnfitInputException ignored -> FailureKind.INPUT;
      case SourceException ignored -> FailureKind.SOURCE;
      case MalformedException ignored -> FailureKind.INPUT;
      case DamagedBlobException ignored -> FailureKind.SOURCE;
      case GrubKitException ignored -> FailureKind.SOURCE;
      case StoreException ignored -> FailureKind.STORAGE;
      case IOException ignored -> FailureKind.STORAGE;
      default -> FailureKind.DEFECT;
    };
  }

  /// The first line of what went wrong; a defect's own words are for the log alone.
  private static String message(Exception e) {
    String name = e.getClass().getSimpleName();
    String text = e.getMessage();
    return e instanceof IOException && text != null
        ? text.lines().findFirst().orElse(name)
        : "an unexpected " + name;
  }
}
