package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.ledger.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract over S3's protocol, against a server that checks signatures.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3AssetSinkTest extends AssetSinkContract {
  @SuppressWarnings("NullAway.Init") // before all tests
  private LoopbackS3 s3;

  private String bucket = "unset";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    s3 = new LoopbackS3(folder);
  }

  @BeforeEach
  void createBucket() {
    bucket = s3.counted().newBucket();
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  @Override
  protected AssetSink sink() {
    return new S3AssetSink(
        s3.counted()::client, bucket, BUFFERS, InstantSource.system(), Retention.FRESH);
  }

  @Override
  protected Optional<Kept> find(String key) throws IOException {
    return TestS3.find(s3.counted().client(), bucket, key);
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
    return s3.counted().client().listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
  }
}
