package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.material.Fetching;
import imageservice.ledger.InputProgress;
import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DownloadsTest {
  private static final Digest IMAGER = Digest.of(new byte[] {1});
  private static final Digest HELLO = Digest.of(new byte[] {2});

  private final Downloads downloads = new Downloads();

  @Test
  void countsHoweverLayersAreRead() throws IOException {
    try (Fetching watch = downloads.watch(Map.of(IMAGER, "imager"));
        Downloads.Download download = downloads.begin(IMAGER)) {
      assertThat(watch.inputs()).isEmpty();
      download.expect(30);
      assertThat(watch.inputs()).containsExactly(imager(0, 30));
      InputStream first = layer(download, 10);
      first.read();
      first.readNBytes(4);
      first.skipNBytes(2);
      assertThat(watch.inputs()).containsExactly(imager(7, 30));
      assertThat(first.readAllBytes()).hasSize(3);
      assertThat(first.read()).isEqualTo(-1);
      layer(download, 20).readAllBytes();
      assertThat(watch.inputs()).containsExactly(imager(30, 30));
    }
  }

  @Test
  void showsWhatBeganBeforeTheLookAndKeepsWhatEnded() throws IOException {
    Downloads.Download download = downloads.begin(IMAGER);
    download.expect(10);
    InputStream layer = layer(download, 10);
    layer.readNBytes(5);
    try (Fetching watch = downloads.watch(Map.of(IMAGER, "imager"))) {
      assertThat(watch.inputs()).containsExactly(imager(5, 10));
      layer.readAllBytes();
      download.close();
      assertThat(watch.inputs()).containsExactly(imager(10, 10));
    }
    try (Fetching late = downloads.watch(Map.of(IMAGER, "imager"))) {
      assertThat(late.inputs()).isEmpty();
    }
  }

  @Test
  void showsOnlyWhatIsLookedAtByItsName() {
    try (Fetching both = downloads.watch(Map.of(HELLO, "siderolabs/hello", IMAGER, "imager"));
        Fetching one = downloads.watch(Map.of(IMAGER, "imager"));
        Downloads.Download hello = downloads.begin(HELLO);
        Downloads.Download imager = downloads.begin(IMAGER)) {
      hello.expect(1);
      imager.expect(2);
      assertThat(both.inputs())
          .containsExactly(new InputProgress("siderolabs/hello", HELLO, 0, 1), imager(0, 2));
      assertThat(one.inputs()).containsExactly(imager(0, 2));
    }
  }

  @Test
  void addsUpWhatComesTwice() throws IOException {
    try (Fetching watch = downloads.watch(Map.of(IMAGER, "imager"))) {
      for (int time = 0; time < 2; time++) {
        try (Downloads.Download download = downloads.begin(IMAGER)) {
          download.expect(10);
          layer(download, 10).readAllBytes();
        }
      }
      assertThat(watch.inputs()).containsExactly(imager(20, 20));
    }
  }

  private static InputStream layer(Downloads.Download download, int size) {
    return download.count(new ByteArrayInputStream(new byte[size]));
  }

  private static InputProgress imager(long done, long total) {
    return new InputProgress("imager", IMAGER, done, total);
  }
}
