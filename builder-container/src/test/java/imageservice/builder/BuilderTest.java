package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.asset.AssetAddress;
import imageservice.builder.material.Fetching;
import imageservice.builder.material.Material;
import imageservice.builder.material.MaterialSource;
import imageservice.builder.material.TestMaterial;
import imageservice.builder.sign.ImageSignatures;
import imageservice.builder.sign.SignedImage;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.BuildRecord;
import imageservice.ledger.BuildState;
import imageservice.ledger.FailureKind;
import imageservice.ledger.InputProgress;
import imageservice.ledger.Progress;
import imageservice.ledger.Stage;
import imageservice.ledger.StoredObject;
import imageservice.ledger.StoredProduct;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.Signing;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BuilderTest extends BuilderFixture {
  private static final AssetAddress OTHER = address("b");
  private static final byte[] TEXT = "console=tty0".getBytes(StandardCharsets.UTF_8);
  private static final StoredProduct PRODUCT =
      new StoredProduct(new StoredObject(12, Digest.of(TEXT)), List.of(), List.of());

  @Test
  void storesAndSaysSo() throws IOException {
    builder(BuilderTest::none, NEVER).build(acquired(KEY, PLAN));
    assertThat(sink.find(KEY.toString())).contains(TEXT);
    assertThat(state()).isEqualTo(new BuildState.Ready(PRODUCT, BEGIN));
    assertThat(logged())
        .isEqualToIgnoringNewLines(
            "{\"event\":\"build\",\"object\":\"%s\",\"bytes\":12,\"milliseconds\":0,\"copied\":false,\"stages\":{\"fetching\":0,\"assembling\":0,\"storing\":0}}"
                .formatted(KEY));
  }

  @Test
  void doesNothingWithoutTheClaim() throws IOException {
    BuildOrder order = acquired(KEY, PLAN);
    ledger.claim(order.address(), order.fence(), now.get());
    BuildRecord before = record(KEY);
    builder(BuilderTest::unreached, NEVER).build(order);
    builder(BuilderTest::unreached, NEVER).build(new BuildOrder(KEY, 7, AssetKey.of(PLAN)));
    assertThat(record(KEY)).isEqualTo(before);
    assertThat(sink.done()).isEmpty();
  }

  @Test
  void copiesWhatAnEqualPlanGave() throws IOException {
    builder(BuilderTest::none, NEVER).build(acquired(KEY, PLAN));
    builder(BuilderTest::unreached, NEVER).build(acquired(OTHER, PLAN));
    assertThat(sink.done()).containsExactly("put " + KEY, "copy " + OTHER);
    assertThat(record(OTHER).state()).isEqualTo(new BuildState.Ready(PRODUCT, BEGIN));
    assertThat(logged()).contains("\"copied\":true");
  }

  @Test
  void buildsAgainWhereTheCopysSourceIsGone() throws IOException {
    builder(BuilderTest::none, NEVER).build(acquired(KEY, PLAN));
    sink.remove(KEY.toString());
    builder(BuilderTest::none, NEVER).build(acquired(OTHER, PLAN));
    assertThat(sink.done()).containsExactly("put " + KEY, "put " + OTHER);
    assertThat(sink.find(OTHER.toString())).contains(TEXT);
    AssetAddress third = address("c");
    builder(BuilderTest::unreached, NEVER).build(acquired(third, PLAN));
    assertThat(sink.done()).endsWith("copy " + third);
  }

  @Test
  void buildsAnObjectAgainThatIsGone() throws IOException {
    builder(BuilderTest::none, NEVER).build(acquired(KEY, PLAN));
    sink.remove(KEY.toString());
    long fence = ledger.acquireLost(planned(KEY, PLAN), now.get(), PATIENCE).record().fence();
    builder(BuilderTest::none, NEVER).build(new BuildOrder(KEY, fence, AssetKey.of(PLAN)));
    assertThat(sink.done()).containsExactly("put " + KEY, "put " + KEY);
  }

  @Test
  void buildsAgainWhereTheCopysSourceIsCut() throws IOException {
    builder(BuilderTest::none, NEVER).build(acquired(KEY, PLAN));
    sink.cut(KEY.toString());
    builder(BuilderTest::none, NEVER).build(acquired(OTHER, PLAN));
    assertThat(sink.find(OTHER.toString())).contains(TEXT);
  }

  @Test
  void aPlanThatIsNotKeptIsSaid() throws IOException {
    BuildOrder order = acquired(KEY, PLAN);
    plans.clear();
    builder(BuilderTest::unreached, NEVER).build(order);
    assertThat(state())
        .isEqualTo(
            new BuildState.Failed(
                FailureKind.STORAGE,
                Stage.QUEUED,
                "the plan %s is not kept; ask for the asset again".formatted(AssetKey.of(PLAN)),
                BEGIN.plus(FailureKind.STORAGE.remembered())));
  }

  /// Asking again at once does not mend it.
  @Test
  void aKeyThatTheBuilderLacksIsSaidAndRemembered() throws IOException {
    Signing signing = new Signing(Digest.of(TEXT), "a.example/b");
    MaterialSource unsigned =
        plan -> {
          ImageSignatures.of(
              new SignedImage("type", 1, Digest.of(TEXT)), signing, Optional.empty());
          throw new AssertionError("signed without a key");
        };
    builder(unsigned, NEVER).build(acquired(KEY, PLAN));
    assertThat(state())
        .isEqualTo(
            new BuildState.Failed(
                FailureKind.DEFECT,
                Stage.FETCHING,
                "the builder has no signing key, and the image is to be signed by %s: give it the key"
                    .formatted(signing.key()),
                BEGIN.plus(FailureKind.DEFECT.remembered())));
  }

  @Test
  void stopsOnceItIsReplaced() throws IOException {
    sink.meanwhile(progress -> {
      replace();
      while (true) { // until a beat has noticed
        progress.stored(1);
        Thread.onSpinWait();
      }
    });
    builder(BuilderTest::none, OFTEN).build(acquired(KEY, PLAN));
    assertReplaced("lost build");
    assertThat(sink.find(KEY.toString())).isEmpty();
  }

  @Test
  void changesNothingWhereItIsReplacedAtTheEnd() throws IOException {
    sink.meanwhile(progress -> replace());
    builder(BuilderTest::none, NEVER).build(acquired(KEY, PLAN));
    assertReplaced("lost build");
  }

  @Test
  void saysNothingOfAFailureOnceItIsReplaced() throws IOException {
    sink.meanwhile(progress -> {
      replace();
      throw new IOException("too late");
    });
    builder(BuilderTest::none, NEVER).build(acquired(KEY, PLAN));
    assertReplaced("build failure");
  }

  @Test
  void givesSignsOfLifeWithItsProgress() throws IOException {
    Progress expected = new Progress(Stage.STORING, 5, 12);
    sink.meanwhile(progress -> {
      pass(Duration.ofSeconds(15));
      progress.stored(5);
      BuildState.Running beaten =
          new BuildState.Running(expected, now.get().plus(BuildRecord.LEASE));
      while (!state().equals(beaten)) {
        Thread.onSpinWait();
      }
      pass(Duration.ofSeconds(15));
      assertThat(record(KEY).acquire(planned(KEY, PLAN), now.get(), PATIENCE, BEGIN)).isEmpty();
    });
    builder(BuilderTest::none, OFTEN).build(acquired(KEY, PLAN));
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
  }

  @Test
  void tellsHowMuchOfEachImageCame() throws IOException {
    List<InputProgress> inputs =
        List.of(
            new InputProgress("imager", AssetKey.of(PLAN).digest(), 3, 4),
            new InputProgress("siderolabs/hello", AssetKey.of(PLAN).digest(), 1, 6));
    MaterialSource source =
        new MaterialSource() {
          @Override
          public Material fetch(BuildPlan plan) throws IOException {
            while (!(state() instanceof BuildState.Running(Progress progress, Instant _))
                || !progress.inputs().equals(inputs)) {
              Thread.onSpinWait();
            }
            return none(plan);
          }

          @Override
          public Fetching watch(BuildPlan plan) {
            return () -> inputs;
          }
        };
    sink.meanwhile(progress -> {
      assertThat(((BuildState.Running) state()).progress().inputs()).isEmpty();
    });
    builder(source, OFTEN).build(acquired(KEY, PLAN));
    assertThat(state()).isInstanceOf(BuildState.Ready.class);
  }

  /// Once no beat comes between the end of the lease and the acquisition.
  private void replace() throws IOException {
    BuildLedger.Acquisition acquisition;
    do {
      pass(BuildRecord.LEASE.plusSeconds(1));
      acquisition = ledger.acquire(planned(KEY, PLAN), now.get(), PATIENCE);
    } while (!acquisition.acquired());
    assertThat(acquisition.record().fence()).isEqualTo(2);
  }

  /// @param event that the replaced builder logged last
  private void assertReplaced(String event) throws IOException {
    assertThat(record(KEY).fence()).isEqualTo(2);
    assertThat(state()).isEqualTo(new BuildState.Queued(0, 1, now.get(), now.get().plus(PATIENCE)));
    assertThat(ledger.productOf(AssetKey.of(PLAN))).isEmpty();
    assertThat(logged()).contains("\"event\":\"" + event + "\"").doesNotContain("\"build\"");
  }

  private static Material none(BuildPlan plan) {
    assertThat(plan.inputs()).isEmpty();
    return TestMaterial.NONE;
  }

  private static Material unreached(BuildPlan plan) {
    throw new AssertionError("nothing is to be fetched: " + plan.inputs());
  }
}
