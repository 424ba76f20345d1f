package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What sources say of what refers to an image.
final class ReferrersTest {
  private static final Digest IMAGE = Digest.of(new byte[] {1});
  private static final Digest FIRST = Digest.of(new byte[] {2});
  private static final Digest SECOND = Digest.of(new byte[] {3});
  private static final String PATH = "/v2/siderolabs/imager/referrers/" + IMAGE;

  @TempDir private Path folder = Path.of("unset");

  private static String page(Digest referrer) {
    return """
    {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
    "size":7,"digest":"%s","artifactType":"a type"}]}\
    """
        .formatted(referrer);
  }

  private static Referrer referrer(Digest digest) {
    return new Referrer(
        new Descriptor("application/vnd.oci.image.manifest.v1+json", digest, 7), "a type");
  }

  private static List<Referrer> ask(FakeRegistry registry) throws IOException {
    return new RegistrySource(
            RegistryAccess.anonymous(registry.prefix()),
            RegistrySource.client(),
            new Retries(2, wait -> {}, () -> 0.5),
            TestAccess.PATIENT,
            () -> Instant.EPOCH)
        .referrers("imager", IMAGE);
  }

  @Test
  void readsEveryPageOfARegistrysList() throws IOException {
    try (FakeRegistry registry = new FakeRegistry(TestImages.small())) {
      registry.first(exchange -> {
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
          return false;
        }
        boolean first = exchange.getRequestURI().getQuery() == null;
        if (first) {
          exchange.getResponseHeaders().add("Link", "<" + PATH + "?n=2>; rel=\"next\"");
        }
        FakeRegistry.send(exchange, 200, page(first ? FIRST : SECOND));
        return true;
      });
      assertThat(ask(registry)).containsExactly(referrer(FIRST), referrer(SECOND));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 501})
  void aRegistryWithoutListsHasNothing(int status) throws IOException {
    try (FakeRegistry registry = new FakeRegistry(TestImages.small())) {
      registry.first(exchange -> {
        FakeRegistry.send(exchange, status, "");
        return true;
      });
      assertThat(ask(registry)).isEmpty();
    }
  }

  @Test
  void aRegistryThatFailsIsNotTakenForOneThatHasNothing() throws IOException {
    try (FakeRegistry registry = new FakeRegistry(TestImages.small())) {
      registry.first(exchange -> {
        FakeRegistry.send(exchange, 503, "");
        return true;
      });
      assertThatThrownBy(() -> ask(registry)).isInstanceOf(SourceException.Unavailable.class);
    }
  }

  @Test
  void aListThatIsNoneIsSaid() throws IOException {
    try (FakeRegistry registry = new FakeRegistry(TestImages.small())) {
      registry.first(exchange -> {
        FakeRegistry.send(exchange, 200, "{\"manifests\":1}");
        return true;
      });
      assertThatThrownBy(() -> ask(registry)).isInstanceOf(SourceException.Malformed.class);
    }
  }

  @Test
  void aLayoutHasManifestsThatNameTheImage() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("imager/blobs/sha256"));
    Files.writeString(folder.resolve("imager/oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    byte[] referring =
        "{\"subject\":{\"mediaType\":\"m\",\"size\":1,\"digest\":\"%s\"}}"
            .formatted(IMAGE)
            .getBytes(StandardCharsets.UTF_8);
    byte[] other = "{\"layers\":[]}".getBytes(StandardCharsets.UTF_8);
    String entries = "";
    for (byte[] content : List.of(referring, other)) {
      Files.write(blobs.resolve(Digest.of(content).hex()), content);
      entries +=
          "{\"mediaType\":\"m\",\"size\":%d,\"digest\":\"%s\"},"
              .formatted(content.length, Digest.of(content));
    }
    String missing = "{\"mediaType\":\"m\",\"size\":1,\"digest\":\"%s\"}".formatted(FIRST);
    Files.writeString(
        folder.resolve("imager/index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + entries + missing + "]}");
    LayoutSource source = new LayoutSource(folder);
    assertThat(source.referrers("imager", IMAGE))
        .extracting(referrer -> referrer.descriptor().digest())
        .containsExactly(Digest.of(referring));
    assertThat(source.referrers("imager", SECOND)).isEmpty();
  }
}
