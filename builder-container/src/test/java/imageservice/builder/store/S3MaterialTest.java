package imageservice.builder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.release.Digest;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract against a server that checks signatures, and one that ends.
final class S3MaterialTest extends S3MaterialContract {
  @SuppressWarnings("NullAway.Init") // before all tests
  private LoopbackS3 server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = new LoopbackS3(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  CountedS3 s3() {
    return server.counted();
  }

  @Test
  void aReaderIsToldThatTheStoreCannotBeReached(@TempDir Path own) throws Exception {
    Blob content = AssetSinkContract.content(45 * MIB);
    Digest digest = AssetSinkContract.digest(content);
    LoopbackS3 other = new LoopbackS3(own);
    S3Material material = material(other.counted(), other.counted().newBucket());
    keep(material, digest, content, MIB);
    try (InputStream in = open(material, digest, content.length())) {
      assertThat(in.read()).isNotNegative();
      other.close();
      assertThatThrownBy(in::readAllBytes).isInstanceOf(StoreException.class);
    }
  }
}
