package imageservice.builder;

import imageservice.asset.AssetAddress;
import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.Tools;
import imageservice.builder.cache.Derived;
import imageservice.builder.material.MaterialSource;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.MemoryItemTable;
import imageservice.ledger.MemoryPlanStore;
import imageservice.ledger.PlannedAsset;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A builder over things in memory, with a clock that is set by hand.
abstract class BuilderFixture {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  static final BuildPlan PLAN = new BuildPlan.Cmdline("console=tty0");
  static final AssetAddress KEY = address("a");
  static final Duration PATIENCE = Duration.ofHours(1);
  static final Duration NEVER = Duration.ofHours(1);
  static final Duration OFTEN = Duration.ofMillis(5);

  final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  final BuildLedger ledger = new BuildLedger(new MemoryItemTable());
  final MemoryPlanStore plans = new MemoryPlanStore();
  final MemorySink sink = new MemorySink();
  final ByteArrayOutputStream log = new ByteArrayOutputStream();

  final void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  final Builder builder(MaterialSource source, Duration heartbeat) {
    return new Builder(
        ledger,
        plans,
        source,
        new Assembler(new Tools(Derived.afresh())),
        sink,
        now::get,
        BuildLog.json(new PrintStream(log, true, StandardCharsets.UTF_8)),
        heartbeat);
  }

  /// The address of a configuration's command line.
  ///
  /// @param digit that its id repeats
  static AssetAddress address(String digit) {
    return AssetAddress.parse("g1a2b3c4d/image/" + digit.repeat(64) + "/v1.9.5/cmdline-metal-amd64")
        .orElseThrow();
  }

  static PlannedAsset planned(AssetAddress address, BuildPlan plan) {
    return new PlannedAsset(address, AssetKey.of(plan), List.of());
  }

  final BuildOrder acquired(AssetAddress key, BuildPlan plan) throws IOException {
    BuildLedger.Acquisition acquisition = ledger.acquire(planned(key, plan), now.get(), PATIENCE);
    plans.put(plan);
    if (!acquisition.acquired()) {
      throw new AssertionError("not acquired: " + acquisition.record());
    }
    return new BuildOrder(key, acquisition.record().fence(), AssetKey.of(plan));
  }

  final BuildRecord record(AssetAddress key) throws IOException {
    return ledger.find(key).orElseThrow();
  }

  final BuildState state() throws IOException {
    return record(KEY).state();
  }

  final String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
