package imageservice.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.Mutations;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Whatever a sidecar became on disk.
final class ChecksumsJsonFuzzTest {
  private static final long SEED = 20261124L;

  @Test
  void onlyMalformedJsonEscapes() {
    Mutations mutations = new Mutations(SEED);
    Digest digest = Digest.of(new byte[0]);
    byte[] document =
        "{\"length\":5,\"crc32\":\"00000001\",\"crc64\":\"0000000000000001\",\"pieces\":[{\"crc32\":\"00000001\",\"crc64\":\"0000000000000001\"}],\"blocks\":\"00000001\"}"
            .getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      try {
        ChecksumsJson.decode(digest, mutations.mutated(document));
      } catch (MalformedJsonException e) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", SEED).isBetween(1, 2999);
  }
}
