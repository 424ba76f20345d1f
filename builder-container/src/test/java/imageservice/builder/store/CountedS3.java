package imageservice.builder.store;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

/// A client of S3 that counts.
final class CountedS3 implements AutoCloseable {
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final S3Client client;

  CountedS3(URI endpoint) {
    client = TestS3.client(endpoint, TestS3.SECRET, new Counting());
  }

  S3Client client() {
    return client;
  }

  /// A bucket with nothing in it, after which requests are counted from none.
  String newBucket() {
    String bucket = "assets-" + UUID.randomUUID();
    client.createBucket(create -> create.bucket(bucket));
    forget();
    return bucket;
  }

  /// Operations since the last `forget`, such as `UploadPartCopy`.
  List<String> requests() {
    return List.copyOf(requests);
  }

  long count(String operation) {
    return requests().stream().filter(operation::equals).count();
  }

  void forget() {
    requests.clear();
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Counting implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      requests.add(context.request().getClass().getSimpleName().replace("Request", ""));
    }
  }
}
