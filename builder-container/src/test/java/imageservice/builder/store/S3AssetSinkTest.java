package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.ledger.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract over S3's protocol, against a server that checks signatures.
final class S3AssetSinkTest extends AssetSinkContract {
  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private S3Proxy proxy;

  @SuppressWarnings("NullAway.Init") // before each test
  private S3Client s3;

  @BeforeEach
  void start() throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, TestS3.USER, TestS3.SECRET)
            .ignoreUnknownHeaders(true)
            .v4MaxNonChunkedRequestSize(32L << 20)
            .build();
    proxy.start();
    s3 = TestS3.client(URI.create("http://127.0.0.1:" + proxy.getPort()), TestS3.SECRET);
    s3.createBucket(create -> create.bucket(TestS3.BUCKET));
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    proxy.stop();
  }

  @Override
  protected AssetSink sink() {
    return new S3AssetSink(
        () -> s3, TestS3.BUCKET, BUFFERS, InstantSource.system(), Retention.FRESH);
  }

  @Override
  protected Optional<Kept> find(String key) throws IOException {
    return TestS3.find(s3, TestS3.BUCKET, key);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 17 * MIB})
  void leavesNoUploadBehind(int size) throws IOException {
    sink().put(TARGET, content(size), IGNORED);
    sink().put(TARGET, content(size), IGNORED);
    assertThat(uploads()).isZero();
  }

  @Test
  void leavesNoUploadOfContentThatFails() {
    IOException failure = new IOException("ended");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> sink().put(TARGET, new Failing(content(40 * MIB), 30 * MIB, failure), IGNORED))
        .isSameAs(failure);
    assertThat(uploads()).isZero();
  }

  private int uploads() {
    return s3.listMultipartUploads(list -> list.bucket(TestS3.BUCKET)).uploads().size();
  }
}
