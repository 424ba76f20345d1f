package imageservice.builder;

import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.InputSource;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.MemoryItemTable;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// A builder over things in memory, with a clock that is set by hand.
abstract class BuilderFixture {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  static final BuildPlan PLAN = new BuildPlan.Cmdline("console=tty0");
  static final ObjectKey KEY = new ObjectKey("g1/image/a/v1.9.5/cmdline-metal-amd64");
  static final Duration NEVER = Duration.ofHours(1);
  static final Duration OFTEN = Duration.ofMillis(5);

  final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  final BuildLedger ledger = new BuildLedger(new MemoryItemTable());
  final MemorySink sink = new MemorySink();
  final ByteArrayOutputStream log = new ByteArrayOutputStream();

  final void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  final Builder builder(InputSource source, Duration heartbeat) {
    return new Builder(
        ledger,
        new Assembler(source),
        sink,
        now::get,
        BuildLog.json(new PrintStream(log, true, StandardCharsets.UTF_8)),
        heartbeat);
  }

  final BuildOrder acquired(ObjectKey key, BuildPlan plan) throws IOException {
    BuildLedger.Acquisition acquisition =
        ledger.acquire(key.buildId(), key.value(), AssetKey.of(plan).hex(), now.get());
    if (!acquisition.acquired()) {
      throw new AssertionError("not acquired: " + acquisition.record());
    }
    return new BuildOrder(key, acquisition.record().fence(), plan);
  }

  final BuildRecord record(ObjectKey key) throws IOException {
    return ledger.find(key.buildId()).orElseThrow();
  }

  final BuildState state() throws IOException {
    return record(KEY).state();
  }

  final String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
