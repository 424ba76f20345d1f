package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.blob.Extent;
import imageservice.formats.blob.Extents;
import imageservice.ledger.Retention;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What material in a bucket keeps, with every store.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class S3MaterialContract {
  static final int MIB = 1 << 20;
  private static final Blob KERNEL = AssetSinkContract.content(18 * MIB);
  private static final Blob INITRAMFS = AssetSinkContract.content(30 * MIB);

  private final IdentityHashMap<Blob, Digest> known = new IdentityHashMap<>();

  @SuppressWarnings("NullAway.Init") // before each test
  private CountedS3 s3;

  private String bucket = "unset";

  /// The store, for all tests.
  abstract CountedS3 s3();

  @BeforeEach
  void createBucket() {
    s3 = s3();
    bucket = s3.newBucket();
  }

  @Test
  void copiesWhatIsInTheBucketAndSendsTheRest() throws IOException {
    Blob kernel = known(KERNEL);
    Blob initramfs = known(INITRAMFS);
    Blob first = image("first", kernel, initramfs);
    assertThat(material().sink().put(target("a"), first, AssetSinkContract.IGNORED))
        .isEqualTo(AssetSinkContract.stored(first));
    requireStored("a", first);

    s3.forget();
    Blob second = image("second", kernel, initramfs);
    assertThat(material().sink().put(target("b"), second, AssetSinkContract.IGNORED).digest())
        .isEqualTo(AssetSinkContract.digest(second));
    requireStored("b", second);
    assertThat(s3.count("UploadPart")).as("parts sent of %d bytes", second.length()).isEqualTo(3);
    assertThat(s3.count("UploadPartCopy")).isEqualTo(2);
    assertThat(s3.count("PutObject")).isZero();
  }

  @Test
  void copiesZeros() throws IOException {
    Blob disk = Blob.concatenation(Blob.of("table"), zeros(70L * MIB), Blob.of("end"));
    AssetSink sink = material().sink();
    sink.put(target("a"), disk, AssetSinkContract.IGNORED);
    s3.forget();
    assertThat(sink.put(target("b"), disk, AssetSinkContract.IGNORED).digest())
        .isEqualTo(AssetSinkContract.digest(disk));
    assertThat(s3.count("UploadPart")).isEqualTo(2);
    assertThat(s3.count("UploadPartCopy")).isEqualTo(2);
    requireStored("b", disk);
    requireStored(key(zeros(PartPlan.COPIED)), zeros(PartPlan.COPIED));
  }

  private static Blob zeros(long length) {
    return Extents.of(new Extent.Zero(length));
  }

  @Test
  void asksForAContentOnceOnly() throws IOException {
    AssetSink sink = material().sink();
    Blob kernel = known(KERNEL);
    sink.put(target("a"), kernel, AssetSinkContract.IGNORED);
    s3.forget();
    sink.put(target("b"), kernel, AssetSinkContract.IGNORED);
    assertThat(s3.requests())
        .containsExactly("CreateMultipartUpload", "UploadPartCopy", "CompleteMultipartUpload");
    requireStored("b", KERNEL);
  }

  @Test
  void bringsContentAgainThatIsGoneSince() throws IOException {
    AssetSink sink = material().sink();
    Blob kernel = known(KERNEL);
    sink.put(target("a"), kernel, AssetSinkContract.IGNORED);
    String stored = key(KERNEL);
    s3.client().deleteObject(delete -> delete.bucket(bucket).key(stored));
    sink.put(target("b"), kernel, AssetSinkContract.IGNORED);
    requireStored("b", KERNEL);
    requireStored(key(KERNEL), KERNEL);
    assertThat(uploads()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10 * MIB, 10 * MIB + 1, 31 * MIB})
  void keepsWhatPassesAndReadsIt(int size) throws IOException {
    Blob content = AssetSinkContract.content(size);
    Digest digest = AssetSinkContract.digest(content);
    S3Material material = material();
    assertThat(material.open(digest, size)).isEmpty();
    keep(material, digest, content, 777);
    assertThat(AssetSinkContract.sha256(read(material, digest, size))).isEqualTo(digest.hex());
    assertThat(material.open(digest, size + 1)).isEmpty();
    assertThat(uploads()).isZero();
  }

  @Test
  void keepsNothingOfWhatBreaksOff() throws IOException {
    Blob content = AssetSinkContract.content(30 * MIB);
    Digest digest = AssetSinkContract.digest(content);
    S3Material material = material();
    try (SharedContent.Keeping keeping = material.keep(digest, content.length());
        InputStream in = content.open()) {
      byte[] most = in.readNBytes(25 * MIB);
      keeping.write(most, 0, most.length);
    }
    assertThat(material.open(digest, content.length())).isEmpty();
    assertThat(uploads()).isZero();
    keep(material, digest, content, MIB);
    requireStored(key(content), content);
  }

  /// Buffers are given back, also by readers who leave early, and nobody waits for another.
  @Test
  void manyReadAndWriteAtOnceWithFewBuffers() throws IOException {
    Blob content = AssetSinkContract.content(45 * MIB);
    Digest digest = AssetSinkContract.digest(content);
    S3Material material = material();
    for (int round = 0; round < 3; round++) {
      keep(material, digest, content, MIB);
      try (InputStream one = open(material, digest, content.length());
          InputStream other = open(material, digest, content.length())) {
        for (int each = 0; each < 12; each++) {
          assertThat(one.readNBytes(MIB)).isEqualTo(other.readNBytes(MIB));
        }
      }
    }
  }

  @Test
  void writesDamagedContentAnew() throws IOException {
    Blob content = AssetSinkContract.content(MIB);
    Digest digest = AssetSinkContract.digest(content);
    S3Material material = material();
    String stored = key(content);
    s3.client()
        .putObject(put -> put.bucket(bucket).key(stored), RequestBody.fromBytes(new byte[MIB]));
    material.damaged(digest);
    assertThat(material.open(digest, MIB)).isEmpty();
    keep(material, digest, content, MIB);
    requireStored(key(content), content);
    assertThat(material.open(digest, MIB)).isPresent();
  }

  @Test
  void readsDocumentsUpToALimit() throws IOException {
    Blob content = Blob.of("{}");
    S3Material material = material();
    assertThat(material.read(AssetSinkContract.digest(content), 100)).isEmpty();
    keep(material, AssetSinkContract.digest(content), content, 2);
    assertThat(material.read(AssetSinkContract.digest(content), 2)).contains(new byte[] {'{', '}'});
    assertThat(material.read(AssetSinkContract.digest(content), 1)).isEmpty();
  }

  private S3Material material() {
    return material(s3, bucket);
  }

  final S3Material material(CountedS3 store, String in) {
    return new S3Material(
        store::client,
        in,
        new PartBuffers(2),
        new PartBuffers(2),
        InstantSource.system(),
        Retention.FRESH,
        content -> Optional.ofNullable(known.get(content)));
  }

  /// A medium of three small runs around kernel and initramfs.
  private static Blob image(String name, Blob kernel, Blob initramfs) {
    return Blob.concatenation(
        Blob.of(name), kernel, Blob.of("between " + name), initramfs, Blob.of("end of " + name));
  }

  private Blob known(Blob content) throws IOException {
    Blob once =
        new Blob() {
          @Override
          public long length() {
            return content.length();
          }

          @Override
          public InputStream open(long offset, long length) throws IOException {
            return content.open(offset, length);
          }
        };
    known.put(once, AssetSinkContract.digest(content));
    return once;
  }

  static void keep(S3Material material, Digest digest, Blob content, int run) throws IOException {
    try (SharedContent.Keeping keeping = material.keep(digest, content.length());
        InputStream in = content.open()) {
      for (byte[] part = in.readNBytes(run); part.length > 0; part = in.readNBytes(run)) {
        keeping.write(part, 0, part.length);
      }
      keeping.end();
    }
  }

  static InputStream open(S3Material material, Digest digest, long size) throws IOException {
    return material.open(digest, size).orElseThrow();
  }

  private static InputStream read(S3Material material, Digest digest, long size)
      throws IOException {
    try (InputStream in = open(material, digest, size)) {
      return new java.io.ByteArrayInputStream(in.readAllBytes());
    }
  }

  private void requireStored(String key, Blob content) throws IOException {
    assertThat(TestS3.find(s3.client(), bucket, key).orElseThrow().sha256())
        .isEqualTo(AssetSinkContract.sha256(content));
  }

  private int uploads() throws S3Exception {
    return s3.client().listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
  }

  private static String key(Blob content) throws IOException {
    return "material/" + AssetSinkContract.sha256(content);
  }

  private static AssetSink.Target target(String key) {
    return new AssetSink.Target(key, "application/octet-stream", key, true);
  }
}
