package imageservice.builder.fetch;

import static imageservice.builder.oci.FakeRegistry.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import imageservice.asset.Architecture;
import imageservice.builder.Mutations;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.layers.Wanted;
import imageservice.builder.oci.FakeRegistry;
import imageservice.builder.oci.MemorySource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.PlatformManifest;
import imageservice.builder.oci.RegistryAccess;
import imageservice.builder.oci.RegistrySource;
import imageservice.builder.oci.Retries;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestAccess;
import imageservice.builder.oci.TestImages;
import imageservice.release.Digest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  private final Mutations mutations = new Mutations(SEED);
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
      byte[] first = mutations.mutated(round % 2 == 0 ? index : manifest);
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
        boolean inside = mutations.isOneOf(2);
        byte[] layer = inside ? mutations.mutated(tar) : mutations.mutated(layers[round % 3]);
        if (inside && round % 3 == 1) {
          layer = TestImages.gzip(layer);
        }
        TestImages images = new TestImages();
        OciImage image =
            OciImage.of(
                "imager",
                images.manifest("amd64", images.blob(TestImages.GZIP_LAYER, layer)).digest());
        OciImages oci = new OciImages(new MemorySource(images), new UnverifiedAdmitted(), cache);
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
          send(exchange, 200, mutations.mutated(token));
          return true;
        }
        boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
        if (known) {
          if (mutations.isOneOf(3)) {
            exchange
                .getResponseHeaders()
                .set("Link", "<list?n=1" + header("&last=x>; rel=\"next\""));
          }
          send(exchange, 200, mutations.mutated("{\"name\":\"imager\",\"tags\":[\"v1\",\"v2\"]}"));
        } else {
          exchange.getResponseHeaders().set("WWW-Authenticate", realm + header(rest));
          send(exchange, 401, "");
        }
        return true;
      });
      for (int round = 0; round < 300; round++) {
        RegistrySource source =
            new RegistrySource(
                RegistryAccess.anonymous(registry.prefix()),
                client,
                new Retries(1, duration -> {}, () -> 0),
                TestAccess.PATIENT,
                () -> NOW);
        attempt(round, () -> source.tags("imager", Optional.empty()));
      }
    }
    assertThat(refused).isPositive();
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

  private void bothHappened() {
    assertThat(succeeded).isPositive();
    assertThat(refused).isPositive();
  }

  private String header(String value) {
    String changed =
        new String(mutations.mutated(value), StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    return Objects.requireNonNull(changed);
  }
}
