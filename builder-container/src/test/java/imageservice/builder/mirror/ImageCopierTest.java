package imageservice.builder.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AttachmentTag;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.fetch.UnverifiedRefused;
import imageservice.builder.fetch.Verifier;
import imageservice.builder.oci.Descriptor;
import imageservice.builder.oci.LayoutFolder;
import imageservice.builder.oci.LayoutSource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.Referrer;
import imageservice.builder.oci.SourceException;
import imageservice.builder.oci.TestImages;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageCopierTest {
  private static final String REPOSITORY = "imager";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  @TempDir private Path folder = Path.of("unset");

  private String to = "to";
  private final AtomicLong fetched = new AtomicLong();
  private LayoutSource source = new LayoutSource(folder);
  private OciImage image = OciImage.of(REPOSITORY, Digest.of(new byte[0]));
  private Descriptor bundle = new Descriptor("", Digest.of(new byte[0]), 0);

  /// An image, a signature by its tag, and a bundle that refers to it.
  @BeforeEach
  void makeSource() throws IOException {
    TestImages images = TestImages.small();
    Digest index = Objects.requireNonNull(images.tags().get("v1"));
    image = new OciImage(REPOSITORY, "v1", index);
    Descriptor signature =
        images.manifest("amd64", images.blob("application/x", new byte[] {1, 2, 3}));
    images.tag(new AttachmentTag(index, AttachmentTag.Kind.SIGNATURE).toString(), signature);
    Map<String, Object> referring =
        TestImages.fields(
            "schemaVersion",
            2,
            "mediaType",
            MANIFEST,
            "config",
            TestImages.fields(
                images.blob("application/vnd.oci.empty.v1+json", new byte[] {'{', '}'})),
            "layers",
            List.of(TestImages.fields(images.blob(BUNDLE, new byte[] {'b'}))),
            "subject",
            TestImages.fields(
                new Descriptor(
                    "application/vnd.oci.image.index.v1+json",
                    index,
                    Objects.requireNonNull(images.blobs().get(index)).length)));
    bundle = images.json(MANIFEST, referring);
    images.writeLayout(folder.resolve("from").resolve(REPOSITORY), "");
    new LayoutFolder(folder.resolve("from")).list(REPOSITORY, bundle, Optional.empty(), BUNDLE);
    source = new LayoutSource(folder.resolve("from"));
  }

  private void copy(Verifier verifier) throws IOException {
    try (BlobCache cache = new BlobCache(folder.resolve("cache"), 1 << 20, () -> Instant.EPOCH)) {
      new ImageCopier(
              new OciImages(source, verifier, cache),
              source,
              new LayoutFolder(folder.resolve(to)),
              fetched::addAndGet)
          .copy(image);
    }
  }

  private List<Path> blobs(String where) throws IOException {
    try (Stream<Path> files =
        Files.list(folder.resolve(where).resolve(REPOSITORY).resolve("blobs/sha256"))) {
      return files.map(file -> Objects.requireNonNull(file.getFileName())).sorted().toList();
    }
  }

  private Path blob(String where, Path name) {
    return folder.resolve(where).resolve(REPOSITORY).resolve("blobs/sha256").resolve(name);
  }

  @Test
  void copiesAllPlatformsAndSignaturesOfEachForm() throws IOException {
    copy(new UnverifiedAdmitted());
    assertThat(blobs(to)).isEqualTo(blobs("from"));
    for (Path name : blobs("from")) {
      assertThat(blob(to, name)).hasSameBinaryContentAs(blob("from", name));
    }
    LayoutSource copied = new LayoutSource(folder.resolve(to));
    String signature = new AttachmentTag(image.digest(), AttachmentTag.Kind.SIGNATURE).toString();
    assertThat(copied.resolve(REPOSITORY, "v1")).isEqualTo(image.digest());
    assertThat(copied.resolve(REPOSITORY, signature))
        .isEqualTo(source.resolve(REPOSITORY, signature));
    assertThat(copied.referrers(REPOSITORY, image.digest()))
        .containsExactly(new Referrer(bundle, BUNDLE));
  }

  @Test
  void whatIsThereIsNotFetchedAndWhatIsDamagedIs() throws IOException {
    copy(new UnverifiedAdmitted());
    byte[] index = Files.readAllBytes(folder.resolve(to).resolve(REPOSITORY).resolve("index.json"));
    fetched.set(0);
    copy(new UnverifiedAdmitted());
    assertThat(fetched).hasValue(0);
    assertThat(folder.resolve(to).resolve(REPOSITORY).resolve("index.json"))
        .hasBinaryContent(index);
    for (Path name : blobs("from")) {
      byte[] content = Files.readAllBytes(blob("from", name));
      byte[] damaged = content.clone();
      damaged[damaged.length / 2] ^= 1;
      Files.write(blob(to, name), damaged);
    }
    copy(new UnverifiedAdmitted());
    for (Path name : blobs("from")) {
      assertThat(blob(to, name)).hasSameBinaryContentAs(blob("from", name));
    }
  }

  /// The tag stays where it was, and no half of a file stays. A manifest that cannot be read refers
  /// to nothing.
  @Test
  void aSourceThatIsDamagedIsNotCopied() throws IOException {
    List<Path> names = new ArrayList<>(blobs("from"));
    names.remove(Path.of(bundle.digest().hex()));
    for (Path name : names) {
      byte[] content = Files.readAllBytes(blob("from", name));
      byte[] damaged = content.clone();
      damaged[damaged.length - 1] ^= 1;
      Files.write(blob("from", name), damaged);
      to = "to-" + name;
      assertThatThrownBy(() -> copy(new UnverifiedAdmitted()))
          .as(name.toString())
          .isInstanceOf(SourceException.class);
      assertThat(folder.resolve(to).resolve(REPOSITORY).resolve("index.json"))
          .satisfiesAnyOf(
              file -> assertThat(file).doesNotExist(),
              file -> assertThat(file).content().doesNotContain("\"v1\""));
      assertThat(blobsOrNone(to)).noneMatch(file -> file.toString().startsWith("incoming"));
      Files.write(blob("from", name), content);
    }
  }

  private List<Path> blobsOrNone(String where) throws IOException {
    return Files.exists(folder.resolve(where)) ? blobs(where) : List.of();
  }

  @Test
  void whatIsNotAdmittedIsNotCopied() {
    assertThatThrownBy(() -> copy(new UnverifiedRefused()))
        .isInstanceOf(SourceException.Untrusted.class);
    assertThat(folder.resolve(to)).doesNotExist();
  }
}
