package imageservice.builder.store;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Divides an object into parts: runs of content that the store has already are copied there, the
/// rest is sent. Every part but the last has at least {@link #LEAST} bytes, so a run that is sent
/// and is shorter takes the begin of the run behind it along.
final class PartPlan {
  /// Bytes: S3's least, but for the last part.
  static final int LEAST = 5 << 20;

  /// Bytes of a copied part: the store copies several parts at once, one at some 70 MB a second.
  static final int COPIED = 64 << 20;

  private final List<Part> parts = new ArrayList<>();

  /// Where the run that is to be sent begins.
  private long pending;

  private long position;

  private PartPlan() {}

  /// The parts of content, in order; one of nothing where it is empty.
  static List<Part> of(Blob content, Origins origins) throws IOException {
    PartPlan plan = new PartPlan();
    for (Extent extent : Extents.builder().add(content).build().extents()) {
      Optional<Run> run = run(extent, origins);
      if (run.isPresent()) {
        plan.add(run.get(), extent.length());
      } else {
        plan.position += extent.length();
      }
    }
    plan.sendPending();
    return plan.parts.isEmpty() ? List.of(new Part.Sent(0, 0)) : List.copyOf(plan.parts);
  }

  /// The parts of a copy.
  static List<Part> ofCopy(Origin origin) {
    PartPlan plan = new PartPlan();
    plan.copy(new Run(origin, 0, false), 0, origin.size());
    return List.copyOf(plan.parts);
  }

  /// Where the bytes of an extent are in the store.
  ///
  /// @param offset of the first
  /// @param repeats whether each part of the extent is at the same place, as zeros are
  private record Run(Origin origin, long offset, boolean repeats) {
    long at(long offsetInRun) {
      return repeats ? offset : offset + offsetInRun;
    }
  }

  private static Optional<Run> run(Extent extent, Origins origins) throws IOException {
    if (extent.length() < LEAST) {
      return Optional.empty();
    }
    return switch (extent) {
      case Extent.Slice slice ->
          origins.of(slice.blob()).map(origin -> new Run(origin, slice.offset(), false));
      case Extent.Zero _ -> origins.zeros().map(origin -> new Run(origin, 0, true));
      case Extent.Bytes _ -> Optional.empty();
    };
  }

  private void add(Run run, long length) {
    long waiting = position - pending;
    long taken = waiting == 0 ? 0 : Math.max(0, LEAST - waiting);
    if (length - taken < LEAST) {
      position += length;
      return;
    }
    position += taken;
    sendPending();
    copy(run, taken, length - taken);
  }

  private void sendPending() {
    long start = pending;
    divide(
        position - start,
        PartBuffers.PART,
        (offset, length) -> parts.add(new Part.Sent(start + offset, length)));
    pending = position;
  }

  private void copy(Run run, long from, long length) {
    long start = position;
    divide(
        length,
        COPIED,
        (offset, count) ->
            parts.add(new Part.Copied(start + offset, count, run.origin(), run.at(from + offset))));
    position += length;
    pending = position;
  }

  private interface Piece {
    void add(long offset, long length);
  }

  /// Divides a run evenly into the fewest pieces of at most this length. None is shorter than half
  /// of it, where there are several.
  private static void divide(long length, long longest, Piece pieces) {
    long count = Math.ceilDiv(length, longest);
    for (long i = 0; i < count; i++) {
      long begin = length / count * i + Math.min(i, length % count);
      long next = length / count * (i + 1) + Math.min(i + 1, length % count);
      pieces.add(begin, next - begin);
    }
  }
}
