package imageservice.blackbox.deployed;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The stack, deployed into an emulator of its own.
public final class Deployment implements AutoCloseable {
  private static final String CODE = "code";
  private static final Set<String> BY_LINKS = Set.of("S3:HeadObject", "S3:GetObject");
  private static final String BUILDER = "imageservice.builder.BuilderFunction";
  private static final String ASSETS = "imageservice.functions.AssetFunction";

  private final Emulator emulator;
  private final HostFront front;
  private final Instances instances;
  private final EmulatedStack stack;
  private final Artifacts artifacts;
  private String template = "";

  private Deployment(Artifacts artifacts, Emulator emulator, HostFront front, Instances instances) {
    this.artifacts = artifacts;
    this.emulator = emulator;
    this.front = front;
    this.instances = instances;
    this.stack = new EmulatedStack(emulator, "ImageService");
  }

  /// Deploys, and has the index of releases read, for which the schedule would take minutes.
  ///
  /// @param folder for everything that it keeps
  /// @param sourcePrefix the registry with the releases
  /// @param files what is in the builder's image, by the variables that tell where
  /// @param account more of the emulator's environment
  public static Deployment of(
      Artifacts artifacts,
      Path folder,
      String sourcePrefix,
      Map<String, String> files,
      Map<String, String> account)
      throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.toAbsolutePath());
    Instances instances = new Instances(Files.createDirectories(own.resolve("instances")));
    HostFront front = new HostFront();
    Deployment deployment =
        new Deployment(artifacts, Emulator.start(own, account), front, instances);
    try {
      deployment.create(own, sourcePrefix, files);
      return deployment;
    } catch (IOException | InterruptedException | RuntimeException e) {
      e.addSuppressed(new IOException(deployment.log()));
      deployment.close();
      throw e;
    }
  }

  private void create(Path folder, String sourcePrefix, Map<String, String> files)
      throws IOException, InterruptedException {
    FunctionCode code =
        new FunctionCode(artifacts.repository(), instances.folder(), folder.resolve("shared"));
    code.share();
    Path request = folder.resolve("request.zip");
    Path builder = folder.resolve("builder.zip");
    code.request(request);
    code.builder(builder);
    upload(request, builder);
    EmulatorRules rules =
        new EmulatorRules(
            emulator.endpoint(),
            CODE,
            request.getFileName().toString(),
            builder.getFileName().toString(),
            files);
    template =
        rules
            .apply(artifacts.template())
            .toString()
            .replace(text(Artifacts.EXTERNAL_URL), text(front.url()))
            .replace(text(Artifacts.SOURCE_PREFIX), text(sourcePrefix));
    stack.create(template);
    front.open(
        emulator.port(),
        stack.id("AWS::ApiGatewayV2::Api", "") + ".execute-api.localhost:" + emulator.port());
    runIndex();
  }

  /// Has the releases read, as the schedule does.
  public void runIndex() throws IOException {
    String failure = tryIndex();
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
  }

  /// The same, however it ends; returns what it failed with.
  public String tryIndex() throws IOException {
    return emulator.invoke(function("BuilderIndex"), "{}");
  }

  /// Deploys once more, as if the code had changed.
  public void update() throws IOException, InterruptedException {
    String next = "next-";
    try (S3Client s3 = emulator.s3()) {
      for (S3Object zip : s3.listObjectsV2(list -> list.bucket(CODE)).contents()) {
        s3.copyObject(copy ->
            copy.sourceBucket(CODE)
                .sourceKey(zip.key())
                .destinationBucket(CODE)
                .destinationKey(next + zip.key()));
        template = template.replace(text(zip.key()), text(next + zip.key()));
      }
    }
    stack.update(template);
  }

  private String function(String name) throws IOException {
    return stack.id("AWS::Lambda::Function", name);
  }

  private static String text(String value) {
    return TextNode.valueOf(value).toString();
  }

  private void upload(Path... zips) throws IOException {
    try (S3Client s3 = emulator.s3()) {
      s3.createBucket(bucket -> bucket.bucket(CODE));
      for (Path zip : zips) {
        s3.putObject(object -> object.bucket(CODE).key(zip.getFileName().toString()), zip);
      }
    }
  }

  /// The emulator's program.
  public static String program() {
    return Emulator.program();
  }

  public String url() {
    return front.url();
  }

  /// What all instances of functions wrote.
  public String log() throws IOException {
    return instances.log();
  }

  /// The calls of AWS services that instances of a handler made, as `Service:Operation`.
  public List<String> calls(String handler) throws IOException {
    return instances.calls(handler);
  }

  /// Those of all handlers, with what they and clients read by links.
  public List<String> calls() throws IOException {
    List<String> calls = new ArrayList<>(instances.calls(Instances.ALL));
    calls.removeIf(BY_LINKS::contains); // which the emulator tells, however they are asked for
    emulator.log().lines().filter(BY_LINKS::contains).forEach(calls::add);
    return calls;
  }

  /// Calls of a later time without those of an earlier one.
  public static List<String> since(List<String> before, List<String> now) {
    List<String> later = new ArrayList<>(now);
    before.forEach(later::remove);
    return later;
  }

  /// Ends every builder, as when the machine below it fails.
  public void killBuilders() throws IOException, InterruptedException {
    instances.kill(BUILDER);
  }

  /// Ends every instance: what comes next finds nothing in memory or in a temporary folder.
  public void killInstances() throws IOException, InterruptedException {
    instances.killAll();
  }

  /// Ends every instance that answers requests for assets.
  public void killAssetRequests() throws IOException, InterruptedException {
    instances.kill(ASSETS);
  }

  /// Limits how many builders may work at once; 0 keeps all orders waiting.
  public void limitBuilders(int instances) throws IOException {
    limit("BuilderBuild", instances);
  }

  /// Limits how many instances of a function may work at once.
  ///
  /// @param name begins so in the template
  public void limit(String name, int instances) throws IOException {
    emulator.limit(function(name), instances);
  }

  /// The template's alarms, over what is measured here.
  public AlarmWatch alarms() {
    return new AlarmWatch(artifacts.template(), stack, this::measured);
  }

  private List<DataPoint> measured() throws IOException, InterruptedException {
    List<DataPoint> points = new ArrayList<>(DataPoint.logged(log()));
    points.addAll(DataPoint.emulated(emulator.log()));
    points.add(DataPoint.visible(lostOrdersQueue(), lostOrders()));
    return points;
  }

  /// Empties the queue of lost orders.
  public void forgetLostOrders() throws IOException, InterruptedException {
    emulator.query("sqs", "PurgeQueue", Map.of("QueueUrl", lostOrdersQueue()));
  }

  /// How many orders are in the queue of lost ones.
  public int lostOrders() throws IOException, InterruptedException {
    String answer =
        emulator.query(
            "sqs",
            "GetQueueAttributes",
            Map.of(
                "QueueUrl", lostOrdersQueue(), "AttributeName.1", "ApproximateNumberOfMessages"));
    return Integer.parseInt(EmulatedStack.value("Value", answer));
  }

  private String lostOrdersQueue() throws IOException {
    return stack.id("AWS::SQS::Queue", "BuilderLostOrders");
  }

  /// Replaces an object by its beginning.
  public void cut(String key, int length) throws IOException {
    try (S3Client s3 = emulator.s3()) {
      String bucket = bucket();
      byte[] whole = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
      s3.putObject(
          put -> put.bucket(bucket).key(key), RequestBody.fromBytes(Arrays.copyOf(whole, length)));
    }
  }

  public void remove(String key) throws IOException {
    String bucket = bucket();
    try (S3Client s3 = emulator.s3()) {
      s3.deleteObject(delete -> delete.bucket(bucket).key(key));
    }
  }

  /// Changes a bit in the middle of whatever lies below a prefix of the bucket.
  public void damageAll(String prefix) throws IOException {
    String bucket = bucket();
    try (S3Client s3 = emulator.s3()) {
      for (S3Object each :
          s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents()) {
        byte[] content =
            s3.getObjectAsBytes(get -> get.bucket(bucket).key(each.key())).asByteArray();
        content[content.length / 2] ^= 1;
        s3.putObject(put -> put.bucket(bucket).key(each.key()), RequestBody.fromBytes(content));
      }
    }
  }

  /// Removes what lies below a prefix of the bucket.
  public void removeAll(String prefix) throws IOException {
    String bucket = bucket();
    try (S3Client s3 = emulator.s3()) {
      for (S3Object each :
          s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents()) {
        s3.deleteObject(delete -> delete.bucket(bucket).key(each.key()));
      }
    }
  }

  private String bucket() throws IOException {
    return stack.id("AWS::S3::Bucket", "StorageAssets");
  }

  @Override
  public void close() throws IOException {
    front.close();
    emulator.close();
  }
}
