package imageservice.builder.oci;

import static imageservice.builder.oci.FakeRegistry.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RegistryBlobTest extends RegistryFixture {
  @Test
  void goesOnWhereAConnectionWasCut() throws IOException {
    TestImages images = new TestImages();
    byte[] content = random(200_000);
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    registry.first(once(exchange -> cut(exchange, Arrays.copyOf(content, 70_000), 200_000)));
    assertThat(ImageSourceContract.read(source(registry), blob)).isEqualTo(content);
    assertThat(registry.requests()).hasSize(2);
    assertThat(registry.requests().getLast()).matches(".* Range=bytes=[1-9][0-9]*-");
  }

  @Test
  void skipsWhatItHasWhereRangesAreNotKnown() throws IOException {
    TestImages images = new TestImages();
    byte[] content = random(200_000);
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    AtomicInteger requests = new AtomicInteger();
    registry.first(exchange -> {
      if (requests.getAndIncrement() == 0) {
        cut(exchange, Arrays.copyOf(content, 70_000), 200_000);
      }
      return answer(exchange, 200, content);
    });
    assertThat(ImageSourceContract.read(source(registry), blob)).isEqualTo(content);
  }

  @Test
  void noticesWhenWhatGoesOnIsOtherContent() throws IOException {
    TestImages images = new TestImages();
    byte[] content = random(200_000);
    Descriptor blob = images.blob("x", content);
    FakeRegistry registry = registry(images);
    registry.first(once(exchange -> cut(exchange, new byte[70_000], 200_000)));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Tampered.class);
  }

  @Test
  void givesUpOnAConnectionThatIsAlwaysCut() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", random(1000));
    FakeRegistry registry = registry(images);
    registry.first(exchange -> {
      cut(exchange, new byte[1], 1000);
      return true;
    });
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageStartingWith("imager@" + blob.digest() + ": ");
  }

  @Test
  void failsOnATruncatedBody() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", random(1000));
    FakeRegistry registry = registry(images);
    registry.first(exchange -> answer(exchange, 200, new byte[999]));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Tampered.class)
        .hasMessageContaining("has 999 bytes, its manifest says 1000");
    registry.first(exchange -> chunked(exchange, new byte[999]));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageContaining("byte 999 of 1000");
  }

  @Test
  void stopsAnEndlessBody() throws IOException {
    TestImages images = new TestImages();
    Descriptor blob = images.blob("x", random(1000));
    Descriptor manifest = images.blob("x", random(1000));
    FakeRegistry registry = registry(images);
    registry.first(RegistrySourceTest::endless);
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("goes on beyond the 1000 bytes its manifest says");
    assertThatThrownBy(() -> source(registry).manifest("imager", manifest.digest()))
        .isInstanceOf(SourceException.TooLarge.class);
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.TooLarge.class);
  }

  @Test
  void dropsTheCredentialAcrossHosts() throws IOException {
    TestImages images = TestImages.small();
    Descriptor blob = images.blob("x", random(1000));
    FakeRegistry storage = registry(images);
    FakeRegistry registry = registry(images);
    registry.first(exchange -> {
      String path = exchange.getRequestURI().getPath();
      if (!path.contains("/blobs/")
          || exchange.getRequestHeaders().getFirst("Authorization") == null) {
        return token(registry, exchange, 300);
      }
      exchange.getResponseHeaders().set("Location", "http://" + storage.authority() + path);
      return answer(exchange, 307, "");
    });
    AllowedHosts allowed = AllowedHosts.parse(storage.authority());
    RegistrySource source =
        source(new RegistryAccess(registry.prefix(), new Credential.Anonymous(), allowed));
    assertThat(ImageSourceContract.read(source, blob)).hasSize(1000);
    assertThat(registry.requests().getLast()).contains("Authorization=Bearer secret");
    assertThat(storage.requests())
        .containsExactly("GET /v2/siderolabs/imager/blobs/" + blob.digest());
  }
}
