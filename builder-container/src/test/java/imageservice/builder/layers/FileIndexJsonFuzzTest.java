package imageservice.builder.layers;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.Mutations;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever an index of files became on disk.
final class FileIndexJsonFuzzTest {
  private static final long SEED = 20261124L;

  @Test
  void onlyMalformedJsonEscapes() throws IOException {
    Mutations mutations = new Mutations(SEED);
    Digest digest = Digest.of(new byte[0]);
    byte[] document =
        """
        {"version":1,"folders":["usr"],"entries":[
        {"path":"usr","mode":493,"directory":true},{"path":"usr/l","mode":511,"symlink":"a"},
        {"path":"usr/a","mode":420,"selinux":"label","file":"%s"}]}\
        """
            .formatted(digest)
            .getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      try {
        FileIndexJson.decode(mutations.mutated(document), asked -> Optional.empty());
      } catch (MalformedJsonException e) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", SEED).isBetween(1, 2999);
  }
}
