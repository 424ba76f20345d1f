package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every {@link ImageSource} does. The repository is `imager`.
abstract class ImageSourceContract {
  private static final Digest UNKNOWN = Digest.of(new byte[] {1, 2, 3});

  private TestImages images = new TestImages();
  private Digest v1 = UNKNOWN;

  /// A source that has these images, and may be asked again after they changed.
  abstract ImageSource source(TestImages images) throws IOException;

  /// Makes the source deliver other bytes under a digest.
  abstract void replace(Digest digest, byte[] content) throws IOException;

  @BeforeEach
  final void makeImages() throws IOException {
    images = TestImages.small();
    v1 = Objects.requireNonNull(images.tags().get("v1"));
    images.tags().put("v1.10.0-alpha.0", v1);
    images.tags().put("v0", v1);
  }

  @Test
  void listsTagsSorted() throws IOException {
    assertThat(source(images).tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("v0", "v1", "v1.10.0-alpha.0"), Optional.empty()));
  }

  @Test
  void resolvesATagToItsDigest() throws IOException {
    assertThat(source(images).resolve("imager", "v1")).isEqualTo(v1);
  }

  @Test
  void refusesATagThatIsNotThere() throws IOException {
    ImageSource source = source(images);
    assertThatThrownBy(() -> source.resolve("imager", "v2"))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith("imager:v2: ")
        .hasMessageContaining("; check the version");
  }

  @Test
  void refusesARepositoryThatIsNotThere() throws IOException {
    ImageSource source = source(images);
    assertThatThrownBy(() -> source.tags("nothing", Optional.empty()))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith("nothing: ");
    assertThatThrownBy(() -> source.resolve("nothing", "v1"))
        .isInstanceOf(SourceException.NotFound.class);
    assertThatThrownBy(() -> source.manifest("nothing", v1))
        .isInstanceOf(SourceException.NotFound.class);
  }

  @Test
  void refusesWhatIsNoName() throws IOException {
    ImageSource source = source(images);
    for (String name : new String[] {"", "../imager", "/imager", "Imager", "a//b", "a/"}) {
      assertThatThrownBy(() -> source.tags(name, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a repository's name: " + name);
    }
    assertThatThrownBy(() -> source.resolve("imager", "../v1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a tag: ../v1");
  }

  @Test
  void deliversManifestsWithTheirType() throws IOException {
    RawManifest manifest = source(images).manifest("imager", v1);
    assertThat(manifest.mediaType()).isEqualTo(MediaTypes.INDEX);
    assertThat(manifest.content().bytes(1 << 20)).isEqualTo(images.blobs().get(v1));
  }

  @Test
  void refusesAManifestThatIsNotThere() throws IOException {
    ImageSource source = source(images);
    assertThatThrownBy(() -> source.manifest("imager", UNKNOWN))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith("imager@" + UNKNOWN + ": ");
  }

  @Test
  void refusesAManifestOfAnotherDigest() throws IOException {
    ImageSource source = source(images);
    replace(v1, "{\"mediaType\":\"x\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatThrownBy(() -> source.manifest("imager", v1))
        .isInstanceOf(SourceException.Tampered.class)
        .hasMessageStartingWith("imager@" + v1 + ": the content's digest is sha256:");
  }

  @Test
  void refusesAManifestBeyondTheLimit() throws IOException {
    Descriptor huge = images.blob("x", new byte[RawManifest.LIMIT + 1]);
    ImageSource source = source(images);
    byte[] document = new byte[RawManifest.LIMIT + 1];
    java.util.Arrays.fill(document, (byte) ' ');
    document[0] = '{';
    document[1] = '}';
    replace(huge.digest(), document);
    assertThatThrownBy(() -> source.manifest("imager", huge.digest()))
        .isInstanceOf(SourceException.TooLarge.class);
  }

  @Test
  void deliversBlobsWhole() throws IOException {
    Descriptor blob = images.blob("x", new byte[300_000]);
    Descriptor empty = images.blob("x", new byte[0]);
    ImageSource source = source(images);
    try (InputStream in = source.blob("imager", blob)) {
      assertThat(in.readAllBytes()).hasSize(300_000);
    }
    try (InputStream in = source.blob("imager", empty)) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void refusesABlobThatIsNotThere() throws IOException {
    ImageSource source = source(images);
    assertThatThrownBy(() -> read(source, new Descriptor("x", UNKNOWN, 3)))
        .isInstanceOf(SourceException.NotFound.class)
        .hasMessageStartingWith("imager@" + UNKNOWN + ": ");
  }

  @Test
  void failsTheReadThatDeliversTheLastByteOfTamperedContent() throws IOException {
    Descriptor blob = images.blob("x", new byte[1000]);
    ImageSource source = source(images);
    byte[] other = new byte[1000];
    other[0] = 1;
    replace(blob.digest(), other);
    try (InputStream in = source.blob("imager", blob)) {
      assertThat(in.readNBytes(999)).hasSize(999);
      assertThatThrownBy(in::read)
          .isInstanceOf(SourceException.Tampered.class)
          .hasMessage(
              "imager@%s: the content's digest is %s; the source or something on the way changed it: do not use it"
                  .formatted(blob.digest(), Digest.of(other)));
    }
  }

  @Test
  void refusesABlobOfAnotherSize() throws IOException {
    Descriptor blob = images.blob("x", new byte[1000]);
    ImageSource source = source(images);
    replace(blob.digest(), new byte[1001]);
    assertThatThrownBy(() -> read(source, blob)).isInstanceOf(SourceException.TooLarge.class);
    replace(blob.digest(), new byte[999]);
    assertThatThrownBy(() -> read(source, blob)).isInstanceOf(SourceException.class);
  }

  static byte[] read(ImageSource source, Descriptor blob) throws IOException {
    try (InputStream in = source.blob("imager", blob)) {
      return in.readAllBytes();
    }
  }
}
