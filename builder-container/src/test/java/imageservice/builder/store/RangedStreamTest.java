package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.Noise;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streams that share buffers with writers.
@Timeout(60)
final class RangedStreamTest {
  private static final int MIB = 1 << 20;

  private final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());

  @Test
  void readsInAFewLongRanges() throws IOException {
    requireRead(new PartBuffers(5), 31 * MIB);
    assertThat(asked).containsExactlyInAnyOrder(10 * MIB, 10 * MIB, 10 * MIB, MIB);
  }

  /// A buffer of a part for each of many small documents would be too much.
  @Test
  void aShortContentTakesNoBuffer() throws IOException {
    PartBuffers buffers = new PartBuffers(2);
    try (InputStream in = stream(buffers, MIB)) {
      assertThat(in.read()).isNotNegative();
      assertThat(buffers.takeIfLeft()).isPresent();
    }
  }

  @Test
  void readsInShortRangesWhereWritersHaveTheBuffers() throws IOException {
    PartBuffers buffers = new PartBuffers(3);
    List<byte[]> taken = List.of(buffers.take(), buffers.take());
    requireRead(buffers, 3 * MIB + 7);
    assertThat(asked).containsExactly(MIB, MIB, MIB, 7);
    taken.forEach(buffers::giveBack);
  }

  @Test
  void readersLeaveABufferToWriters() throws IOException {
    PartBuffers buffers = new PartBuffers(3);
    try (InputStream one = stream(buffers, 12 * MIB);
        InputStream other = stream(buffers, 12 * MIB)) {
      assertThat(one.read()).isEqualTo(other.read());
      buffers.giveBack(buffers.take());
      assertThat(one.readAllBytes()).isEqualTo(other.readAllBytes());
    }
    assertThat(buffers.takeIfLeft()).as("given back").isPresent();
    assertThat(buffers.takeIfLeft()).as("given back").isPresent();
  }

  private void requireRead(PartBuffers buffers, int size) throws IOException {
    try (InputStream in = stream(buffers, size);
        InputStream expected = new Noise(1, size)) {
      assertThat(in.readAllBytes()).isEqualTo(expected.readAllBytes());
    }
  }

  private RangedStream stream(PartBuffers buffers, long size) {
    return new RangedStream(
        (offset, buffer, length) -> {
          asked.add(length);
          try (InputStream in = new Noise(1, size)) {
            in.skipNBytes(offset);
            in.readNBytes(buffer, 0, length);
          }
        },
        size,
        buffers);
  }
}
