package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.ledger.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract over S3's protocol, against a server that checks signatures.
final class S3AssetSinkTest extends AssetSinkContract {
  @TempDir Path folder = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // before each test
  private LoopbackS3 s3;

  @BeforeEach
  void start() throws Exception {
    s3 = new LoopbackS3(folder);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  @Override
  protected AssetSink sink() {
    return new S3AssetSink(
        s3::client, TestS3.BUCKET, BUFFERS, InstantSource.system(), Retention.FRESH);
  }

  @Override
  protected Optional<Kept> find(String key) throws IOException {
    return TestS3.find(s3.client(), TestS3.BUCKET, key);
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
    return s3.client().listMultipartUploads(list -> list.bucket(TestS3.BUCKET)).uploads().size();
  }
}
