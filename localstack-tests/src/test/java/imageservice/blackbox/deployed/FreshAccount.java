package imageservice.blackbox.deployed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;

/// An emulated account with nothing in it but what a test makes.
public final class FreshAccount implements AutoCloseable {
  private final Emulator emulator;

  private FreshAccount(Emulator emulator) {
    this.emulator = emulator;
  }

  /// @param folder for everything that it keeps
  public static FreshAccount open(Path folder) throws IOException, InterruptedException {
    return new FreshAccount(Emulator.start(Files.createDirectories(folder), Map.of()));
  }

  /// What programs need in their environment to use it.
  public Map<String, String> variables() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        emulator.endpoint(),
        "AWS_REGION",
        AwsQuery.REGION,
        "AWS_ACCESS_KEY_ID",
        "test",
        "AWS_SECRET_ACCESS_KEY",
        "test");
  }

  /// Makes a stack and waits for it.
  public void create(String name, String template) throws IOException, InterruptedException {
    new EmulatedStack(emulator, name).create(template);
  }

  /// Calls an action of a service that speaks AWS's query protocol.
  public String query(String service, String action, Map<String, String> parameters)
      throws IOException, InterruptedException {
    return emulator.query(service, action, parameters);
  }

  /// Whether there is a bucket.
  public boolean hasBucket(String name) {
    try (var s3 = emulator.s3()) {
      return s3.listBuckets().buckets().stream().anyMatch(bucket -> bucket.name().equals(name));
    }
  }

  /// Puts an object of one byte.
  public void put(String bucket, String key) {
    try (var s3 = emulator.s3()) {
      s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("x"));
    }
  }

  @Override
  public void close() {
    emulator.close();
  }
}
