package imageservice.builder.store;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// A server on loopback that speaks S3's protocol and checks signatures, over a folder, and a
/// client of it. It takes two seconds to stop, so that a class of tests shares one, and each test
/// has a bucket of its own.
final class LoopbackS3 implements AutoCloseable {
  private final S3Proxy proxy;
  private final CountedS3 counted;

  LoopbackS3(Path folder) throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, TestS3.USER, TestS3.SECRET)
            .ignoreUnknownHeaders(true)
            .v4MaxNonChunkedRequestSize(32L << 20)
            .build();
    proxy.start();
    counted = new CountedS3(URI.create("http://127.0.0.1:" + proxy.getPort()));
  }

  CountedS3 counted() {
    return counted;
  }

  @Override
  public void close() {
    counted.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
