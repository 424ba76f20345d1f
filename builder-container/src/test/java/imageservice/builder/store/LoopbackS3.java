package imageservice.builder.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

/// A server on loopback that speaks S3's protocol and checks signatures, over a folder, and a
/// client of it that counts.
public final class LoopbackS3 implements AutoCloseable {
  private final S3Proxy proxy;
  private final S3Client client;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  public LoopbackS3(Path folder) throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, TestS3.USER, TestS3.SECRET)
            .ignoreUnknownHeaders(true)
            .v4MaxNonChunkedRequestSize(32L << 20)
            .build();
    proxy.start();
    client =
        TestS3.client(
            URI.create("http://127.0.0.1:" + proxy.getPort()), TestS3.SECRET, new Counting());
    client.createBucket(create -> create.bucket(TestS3.BUCKET));
    requests.clear();
  }

  public S3Client client() {
    return client;
  }

  /// Operations since the start or the last `forget`, such as `UploadPartCopy`.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public long count(String operation) {
    return requests().stream().filter(operation::equals).count();
  }

  public void forget() {
    requests.clear();
  }

  @Override
  public void close() {
    client.close();
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Counting implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      requests.add(context.request().getClass().getSimpleName().replace("Request", ""));
    }
  }
}
