package imageservice.formats.blob;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.DataRuns.Run;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataRunsTest {
  @Test
  void zerosAreNoDataAndUnitsNextToEachOtherAreOneRun() {
    Blob content =
        Extents.builder()
            .zeros(10)
            .add(Blob.of("abc"))
            .zeros(3)
            .add(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 1})
            .build();
    assertThat(DataRuns.of(content, 4)).containsExactly(new Run(2, 2), new Run(6, 1));
    assertThat(DataRuns.of(content, 16)).containsExactly(new Run(0, 2));
  }

  @Test
  void contentByReferenceIsNotRead() {
    Blob unreadable =
        new Blob() {
          @Override
          public long length() {
            return 100;
          }

          @Override
          public java.io.InputStream open(long offset, long length) throws IOException {
            throw new IOException("read");
          }
        };
    assertThat(DataRuns.of(unreadable, 10)).containsExactly(new Run(0, 10));
  }

  @Test
  void nothingHasNoRuns() {
    assertThat(DataRuns.of(Blob.of(""), 512)).isEmpty();
    assertThat(DataRuns.of(Extents.builder().zeros(1 << 20).build(), 512)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyByteOutsideOfTheRunsIsZero(int seed) throws IOException {
    Random random = new Random(seed);
    Extents.Builder builder = Extents.builder();
    for (int i = 0; i < 30; i++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      switch (random.nextInt(3)) {
        case 0 -> builder.zeros(1 + random.nextInt(100));
        case 1 -> {
          random.nextBytes(bytes);
          builder.add(Blob.of(bytes));
        }
        default -> {
          bytes[random.nextInt(bytes.length)] = 1;
          builder.add(bytes);
        }
      }
    }
    Blob content = builder.build();
    byte[] rest = content.bytes(1 << 20);
    int unit = 1 + random.nextInt(20);
    long end = -1;
    for (Run run : DataRuns.of(content, unit)) {
      assertThat(run.first()).isGreaterThan(end);
      end = run.end();
      int to = (int) Math.min(run.end() * unit, rest.length);
      Arrays.fill(rest, (int) run.first() * unit, to, (byte) 0);
    }
    assertThat(rest).containsOnly(0);
  }
}
