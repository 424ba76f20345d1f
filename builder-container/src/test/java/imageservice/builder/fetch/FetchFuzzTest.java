package imageservice.builder.fetch;

import static imageservice.builder.oci.FakeRegistry.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import imageservice.asset.Architecture;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.ChecksumsJson;
import imageservice.builder.layers.FileIndexJson;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.FakeRegistry;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.PlatformManifest;
import imageservice.builder.oci.RegistrySource;
import imageservice.builder.oci.Retries;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestImages;
import imageservice.release.Digest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a source sends, only a {@link SourceException} escapes.
final class FetchFuzzTest {
  private static final long SEED = 20261124L;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private interface Attempt {
    void run() throws IOException;
  }

  @TempDir private Path folder = Path.of("unset");

  private final Random random = new Random(SEED);
  private int succeeded;
  private int refused;

  @Test
  void manifestsAndIndexes() {
    byte[] index =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
        {"mediaType":"m","digest":"sha256:%1$s","size":1,
        "platform":{"os":"linux","architecture":"amd64","variant":"v1"}}]}\
        """
            .formatted("a".repeat(64))
            .getBytes(StandardCharsets.UTF_8);
    byte[] manifest =
        """
        {"schemaVersion":2,"config":{"mediaType":"c","digest":"sha256:%1$s","size":7},
        "layers":[{"mediaType":"l","digest":"sha256:%1$s","size":8}]}\
        """
            .formatted("a".repeat(64))
            .getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.of(new byte[0]);
    for (int round = 0; round < 5000; round++) {
      byte[] first = mutated(round % 2 == 0 ? index : manifest);
      attempt(
          round,
          () ->
              PlatformManifest.select(
                  OciImage.of("imager", digest),
                  Architecture.AMD64,
                  asked -> asked.equals(digest) ? first : manifest));
    }
    bothHappened();
  }

  @Test
  void layers() throws IOException {
    byte[] tar =
        new TestImages.Layer()
            .directory("usr")
            .file("usr/a", 0644, new byte[1000], Map.of("SCHILY.xattr.security.selinux", "label"))
            .file("long/" + "x".repeat(150), "long")
            .hardLink("usr/b", "usr/a")
            .symlink("usr/c", "a")
            .file("usr/.wh.d", "")
            .file("usr/e", "content")
            .tar();
    byte[][] layers = {tar, TestImages.gzip(tar), Zstd.compress(tar)};
    try (BlobCache cache = new BlobCache(folder, 1 << 20, () -> NOW)) {
      for (int round = 0; round < 1000; round++) {
        boolean inside = random.nextBoolean();
        byte[] layer = inside ? mutated(tar) : mutated(layers[round % 3]);
        if (inside && round % 3 == 1) {
          layer = TestImages.gzip(layer);
        }
        TestImages images = new TestImages();
        OciImage image =
            OciImage.of(
                "imager",
                images.manifest("amd64", images.blob(TestImages.GZIP_LAYER, layer)).digest());
        OciImages oci = new OciImages(new MemorySource(images), new Trust.Insecure(), cache);
        attempt(round, () -> oci.tree(image, Architecture.AMD64, Wanted.everything()));
      }
    }
    bothHappened();
  }

  @Test
  void tokensChallengesAndLinks() throws IOException {
    String token = "{\"token\":\"secret\",\"access_token\":\"secret\",\"expires_in\":300}";
    try (FakeRegistry registry = new FakeRegistry(TestImages.small());
        HttpClient client = RegistrySource.client()) {
      // Nothing changes where the realm is, so that no test asks a stranger.
      String realm = "Bearer realm=\"http://%s/".formatted(registry.authority());
      String rest = "token\",service=\"s\",scope=\"repository:x:pull\"";
      registry.first(exchange -> {
        if (exchange.getRequestURI().getPath().equals("/token")) {
          send(exchange, 200, mutated(token));
          return true;
        }
        boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
        if (known) {
          if (isLinked()) {
            exchange
                .getResponseHeaders()
                .set("Link", "<list?n=1" + header("&last=x>; rel=\"next\""));
          }
          send(exchange, 200, mutated("{\"name\":\"imager\",\"tags\":[\"v1\",\"v2\"]}"));
        } else {
          exchange.getResponseHeaders().set("WWW-Authenticate", realm + header(rest));
          send(exchange, 401, "");
        }
        return true;
      });
      for (int round = 0; round < 300; round++) {
        RegistrySource source =
            new RegistrySource(
                registry.prefix(),
                Optional.empty(),
                client,
                new Retries(1, duration -> {}, () -> 0),
                () -> NOW,
                Duration.ofSeconds(60));
        attempt(round, () -> source.tags("imager", Optional.empty()));
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void indexesOfFilesAndChecksums() {
    Digest digest = Digest.of(new byte[0]);
    byte[] index =
        """
        {"version":1,"folders":["usr"],"entries":[
        {"path":"usr","mode":493,"directory":true},{"path":"usr/l","mode":511,"symlink":"a"},
        {"path":"usr/a","mode":420,"selinux":"label","file":"%s"}]}\
        """
            .formatted(digest)
            .getBytes(StandardCharsets.UTF_8);
    byte[] checksums =
        "{\"length\":5,\"crc32\":\"00000001\",\"crc64\":\"0000000000000001\",\"pieces\":[{\"crc32\":\"00000001\",\"crc64\":\"0000000000000001\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3000; round++) {
      attempt(round, () -> FileIndexJson.decode(mutated(index), asked -> Optional.empty()));
      attempt(round, () -> ChecksumsJson.decode(digest, mutated(checksums)));
    }
    bothHappened();
  }

  private void attempt(int round, Attempt attempt) {
    try {
      attempt.run();
      succeeded++;
    } catch (SourceException e) {
      refused++;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      fail("seed %d, round %d".formatted(SEED, round), e);
    }
  }

  private synchronized boolean isLinked() {
    return random.nextInt(3) == 0;
  }

  private void bothHappened() {
    assertThat(succeeded).isPositive();
    assertThat(refused).isPositive();
  }

  private String header(String value) {
    String changed =
        new String(mutated(value), StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    return Objects.requireNonNull(changed);
  }

  private byte[] mutated(String text) {
    return mutated(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sometimes unchanged; else a few bytes changed, or a part cut out, doubled or cut off.
  private synchronized byte[] mutated(byte[] content) {
    byte[] changed = content.clone();
    int at = random.nextInt(changed.length);
    int end = at + random.nextInt(Math.min(600, changed.length - at));
    return switch (random.nextInt(6)) {
      case 0 -> changed;
      case 1 -> Arrays.copyOf(changed, at);
      case 2 -> joined(changed, at, end);
      case 3 -> joined(changed, end, at);
      default -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          changed[random.nextInt(changed.length)] = interesting();
        }
        yield changed;
      }
    };
  }

  private byte interesting() {
    byte[] bytes = "0123456789{}[]\":,./-\0\177lLxgKSV".getBytes(StandardCharsets.ISO_8859_1);
    return random.nextBoolean() ? bytes[random.nextInt(bytes.length)] : (byte) random.nextInt(256);
  }

  /// The content up to `end`, and from `from` on.
  private static byte[] joined(byte[] content, int end, int from) {
    byte[] joined = Arrays.copyOf(content, end + content.length - from);
    System.arraycopy(content, from, joined, end, content.length - from);
    return joined;
  }
}
