package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.store.AssetSink;
import imageservice.builder.store.AssetSinkContract;
import imageservice.builder.store.S3AssetSink;
import imageservice.builder.store.StoreException;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extents;
import imageservice.ledger.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// The contract of the store of assets, without a wire, over the laptop's folder of objects.
final class FolderS3Test extends AssetSinkContract {
  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // before each test
  private ObjectStore objects;

  @SuppressWarnings("NullAway.Init") // before each test
  private S3Client s3;

  @BeforeEach
  void open() throws CommandException {
    objects = ObjectStore.open(folder, new Credentials("user", "secret"));
    s3 = objects.client();
  }

  @AfterEach
  void close() {
    s3.close();
    objects.close();
  }

  @Override
  protected AssetSink sink() {
    return new S3AssetSink(
        () -> s3, ObjectStore.BUCKET, BUFFERS, InstantSource.system(), Retention.FRESH);
  }

  @Override
  protected Optional<Kept> find(String key) throws IOException {
    try {
      ResponseBytes<GetObjectResponse> found =
          s3.getObjectAsBytes(get -> get.bucket(ObjectStore.BUCKET).key(key));
      GetObjectResponse head = found.response();
      return Optional.of(
          new Kept(
              head.contentLength(),
              sha256(found.asInputStream()),
              head.contentType(),
              head.contentDisposition(),
              head.cacheControl()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 17 * MIB})
  void leavesNothingBesideObjects(int size) throws IOException {
    sink().put(TARGET, content(size), IGNORED);
    sink().put(TARGET, content(size), IGNORED);
    assertThat(files()).containsExactly(TARGET.key());
  }

  /// A disk is mostly zeros, which take room neither in an object nor in its copy.
  @Test
  void zerosTakeNoRoom() throws Exception {
    Blob disk = disk(100 * MIB);
    sink().put(TARGET, disk, IGNORED);
    AssetSink.Target copy = new AssetSink.Target("copy", "application/octet-stream", "copy");
    assertThat(sink().copy(TARGET.key(), disk.length(), copy)).isTrue();
    for (String key : List.of(TARGET.key(), "copy")) {
      assertThat(find(key).orElseThrow().sha256()).isEqualTo(sha256(disk.open()));
      assertThat(SparseFileTest.room(folder.resolve(ObjectStore.BUCKET, key))).isLessThan(4 * MIB);
    }
  }

  /// Validators of downloads: as long as an object is the same, its tag is.
  @Test
  void equalObjectsHaveEqualTagsAndOthersHaveOthers() throws Exception {
    String first = tag("first", content(17 * MIB));
    assertThat(first).matches("\"[0-9a-f]{32}-2\"");
    assertThat(tag("second", content(17 * MIB))).isEqualTo(first);
    assertThat(tag("third", content(17 * MIB + 1))).isNotEqualTo(first);
    assertThat(tag("zeros", disk(17 * MIB))).isNotEqualTo(tag("more", disk(18 * MIB)));
  }

  private String tag(String key, Blob content) throws IOException {
    sink().put(new AssetSink.Target(key, "application/octet-stream", key), content, IGNORED);
    return s3.headObject(head -> head.bucket(ObjectStore.BUCKET).key(key)).eTag();
  }

  /// Data at the begin and, in the middle of a block, near the end.
  private static Blob disk(long length) {
    Blob data = content(MIB);
    return Extents.builder()
        .add(data)
        .zeros(length - 2 * data.length() - 1)
        .add(data)
        .zeros(1)
        .build();
  }

  @Test
  void isThereAgainWhenItIsOpenedAgain() throws Exception {
    sink().put(TARGET, content(10), IGNORED);
    close();
    open();
    assertThat(sink().has(TARGET.key(), 10)).isTrue();
  }

  @Test
  void namesNoFileWhereItCannotWrite() throws IOException {
    Files.writeString(folder.resolve(ObjectStore.BUCKET, "g1"), "a file where a folder belongs");
    for (int size : new int[] {10, 17 * MIB}) {
      assertThatThrownBy(() -> sink().put(TARGET, content(size), IGNORED))
          .isInstanceOf(StoreException.class)
          .hasMessage("the asset store refuses: status 500, InternalError");
    }
  }

  private List<String> files() throws IOException {
    Path bucket = folder.resolve(ObjectStore.BUCKET);
    try (Stream<Path> files = Files.walk(bucket)) {
      return files.filter(Files::isRegularFile).map(f -> bucket.relativize(f).toString()).toList();
    }
  }
}
