package imageservice.builder;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.store.MeteredS3;
import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory does not grow with what is stored, nor with how much of it at once: the builder's buffers
/// bound it.
final class SmallHeapTest {
  /// So slow that all buffers are under way.
  private static final MeteredS3.Speed SPEED = new MeteredS3.Speed(20_000_000, Long.MAX_VALUE);

  @TempDir Path folder = Path.of("unset");

  @Test
  void storesTwoDisksAndAnIsoAtOnce() throws Exception {
    requireStores(new SmallHeap.Load(200, 50, 50));
  }

  @Test
  @Tag("slow")
  void storesTwoDisksOf4GigabytesAndAnIsoAtOnce() throws Exception {
    requireStores(new SmallHeap.Load(4 << 10, 200, 121));
  }

  private void requireStores(SmallHeap.Load load) throws IOException, InterruptedException {
    Path objects = Files.createDirectory(folder.resolve("objects"));
    try (MeteredS3 s3 = new MeteredS3(objects, SPEED)) {
      SmallHeap.Outcome outcome = new SmallHeap(folder, s3.endpoint()).run(load);
      assertThat(outcome.objects())
          .containsExactly(line(s3, "1"), line(s3, "2"), line(s3, "3"))
          .first()
          .asString()
          .startsWith("1 %d ".formatted((long) load.disk() << 20));
    }
  }

  private static String line(MeteredS3 s3, String key) throws IOException {
    Blob object = s3.find(key).orElseThrow();
    DigestOutputStream hash =
        new DigestOutputStream(OutputStream.nullOutputStream(), Digest.hash());
    object.writeTo(hash);
    Digest digest = Digest.ofHash(hash.getMessageDigest().digest());
    return "%s %d %s".formatted(key, object.length(), digest);
  }
}
