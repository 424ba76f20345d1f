package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartPlanTest {
  private static final long MIB = 1 << 20;
  private static final long SEED = 51L;

  /// Content that is in the store, or is not; nobody reads it.
  private record Known(long length, boolean stored) implements Blob {
    @Override
    public InputStream open(long offset, long length) {
      throw new IllegalStateException("a plan reads nothing");
    }
  }

  private static final Origin ZEROS = new Origin("zeros", PartPlan.COPIED);

  private static final Origins ORIGINS =
      new Origins() {
        @Override
        public Optional<Origin> of(Blob content) {
          return content instanceof Known known && known.stored()
              ? Optional.of(new Origin("kernel", known.length()))
              : Optional.empty();
        }

        @Override
        public Optional<Origin> zeros() {
          return Optional.of(ZEROS);
        }

        @Override
        public void gone() {}
      };

  @Test
  void oneSmallObjectIsOnePart() throws IOException {
    assertThat(plan(sent(0))).containsExactly(new Part.Sent(0, 0));
    assertThat(plan(sent(10 * MIB))).containsExactly(new Part.Sent(0, 10 * MIB));
  }

  @Test
  void whatIsSentIsDividedEvenly() throws IOException {
    assertThat(plan(sent(10 * MIB + 1)))
        .containsExactly(new Part.Sent(0, 5 * MIB + 1), new Part.Sent(5 * MIB + 1, 5 * MIB));
  }

  @Test
  void aWholeContentIsCopiedWhole() throws IOException {
    assertThat(plan(stored(20 * MIB)))
        .containsExactly(new Part.Copied(0, 20 * MIB, new Origin("kernel", 20 * MIB), 0));
  }

  @Test
  void longRunsAreCopiedInSeveralPartsAtOnce() throws IOException {
    assertThat(PartPlan.ofCopy(new Origin("a", 5L << 30)))
        .hasSize(80)
        .allMatch(part -> part.length() == 64 * MIB);
  }

  /// A part that is no last one has 5 MiB at least.
  @Test
  void aShortRunTakesTheBeginOfTheNextAlong() throws IOException {
    Origin kernel = new Origin("kernel", 20 * MIB);
    assertThat(plan(sent(MIB), stored(20 * MIB), sent(7)))
        .containsExactly(
            new Part.Sent(0, 5 * MIB),
            new Part.Copied(5 * MIB, 16 * MIB, kernel, 4 * MIB),
            new Part.Sent(21 * MIB, 7));
  }

  @Test
  void aRunThatWouldBeTooShortIsSent() throws IOException {
    assertThat(plan(sent(MIB), stored(6 * MIB))).containsExactly(new Part.Sent(0, 7 * MIB));
    assertThat(plan(stored(4 * MIB))).containsExactly(new Part.Sent(0, 4 * MIB));
  }

  /// Images of disks are zeros for the most part.
  @Test
  void longRunsOfZerosAreCopied() throws IOException {
    Blob zeros = Extents.of(new Extent.Zero(100 * MIB));
    assertThat(plan(sent(MIB), zeros, sent(7)))
        .containsExactly(
            new Part.Sent(0, 5 * MIB),
            new Part.Copied(5 * MIB, 48 * MIB, ZEROS, 0),
            new Part.Copied(53 * MIB, 48 * MIB, ZEROS, 0),
            new Part.Sent(101 * MIB, 7));
  }

  /// S3 takes 10,000 parts.
  @Test
  void ofTheLargestDiskAFewMegabytesAreSent() throws IOException {
    Extents disk =
        Extents.builder()
            .add(sent(MIB))
            .add(stored(100 * MIB))
            .zeros(8_000 * MIB)
            .add(sent(MIB))
            .add(stored(100 * MIB))
            .zeros(2_990 * MIB)
            .add(sent(MIB))
            .build();
    List<Part> parts = PartPlan.of(disk, ORIGINS);
    assertThat(parts).hasSizeLessThan(200);
    assertThat(parts.stream().filter(Part.Sent.class::isInstance).mapToLong(Part::length).sum())
        .isLessThan(12 * MIB);
  }

  @Test
  void partsOfAnyObjectAreWhatTheStoreTakes() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      Extents.Builder content = Extents.builder();
      for (int runs = random.nextInt(8); runs > 0; runs--) {
        content.add(new Known(1 + random.nextLong(40 * MIB), random.nextBoolean()));
      }
      requireLegal(content.build(), round);
    }
  }

  private static void requireLegal(Blob content, int round) throws IOException {
    List<Part> parts = PartPlan.of(content, ORIGINS);
    long position = 0;
    for (Part part : parts) {
      assertThat(part.offset()).as("seed %d, round %d", SEED, round).isEqualTo(position);
      position += part.length();
      assertThat(part.length()).isLessThanOrEqualTo(64 * MIB);
    }
    assertThat(position).isEqualTo(content.length());
    assertThat(IntStream.range(0, parts.size() - 1))
        .as("seed %d, round %d", SEED, round)
        .allMatch(i -> parts.get(i).length() >= 5 * MIB);
    assertThat(parts)
        .allMatch(part ->
            part instanceof Part.Copied ? part.length() >= 5 * MIB : part.length() <= 10 * MIB);
  }

  private static List<Part> plan(Blob... contents) throws IOException {
    return PartPlan.of(Blob.concatenation(contents), ORIGINS);
  }

  private static Blob sent(long length) {
    return new Known(length, false);
  }

  private static Blob stored(long length) {
    return new Known(length, true);
  }
}
