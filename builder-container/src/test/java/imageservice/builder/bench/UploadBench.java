package imageservice.builder.bench;

import imageservice.builder.AwsMaterial;
import imageservice.builder.SmallHeap;
import imageservice.builder.store.AssetSink;
import imageservice.builder.store.MeteredS3;
import imageservice.formats.blob.Blob;
import imageservice.ledger.AwsClients;
import imageservice.ledger.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// What it takes to bring a built ISO into the bucket over connections as slow as those to S3, and
/// what memory storing takes. Exits with 0 whatever it finds: it measures and judges nothing.
///
/// Arguments: a folder of OCI layouts, the GRUB kit, a folder to work in, and `smoke` where every
/// row is wanted but no measurement. The environment has credentials, which nobody checks.
public final class UploadBench {
  private static final String BUCKET = "assets";
  private static final int PART = 10 << 20;
  private static final double MEGABYTE = 1 << 20;

  /// Megabytes a second of a connection to S3, and of the copying of one part within it.
  private static final int CONNECTION = 40;

  private static final int COPY = 70;
  private static final int ROUNDS = 3;
  private static final int MOST_PARTS = 3;

  private final boolean isSmoke;
  private final Report report;
  private final Path work;
  private final Blob iso;
  private final MeteredS3 s3;

  private UploadBench(boolean isSmoke, Path work, Blob iso, MeteredS3 s3) {
    this.isSmoke = isSmoke;
    this.report = new Report(!isSmoke);
    this.work = work;
    this.iso = iso;
    this.s3 = s3;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean isSmoke = arguments.length > 3 && arguments[3].equals("smoke");
    Path work = Path.of(arguments[2]);
    Path objects = Files.createDirectory(work.resolve("objects"));
    MeteredS3.Speed speed =
        new MeteredS3.Speed((long) (CONNECTION * MEGABYTE), (long) (COPY * MEGABYTE));
    try (MeteredS3 s3 = new MeteredS3(objects, speed)) {
      Blob iso =
          Subject.of(
                  Path.of(arguments[0]),
                  Path.of(arguments[1]),
                  work.resolve("upload-blobs"),
                  "v1.9.7",
                  "metal-amd64.iso")
              .assemble();
      new UploadBench(isSmoke, work, iso, s3).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    report.heading(
        "An ISO of %.0f MB into the bucket, each connection limited to %d MB/s"
            .formatted(iso.length() / MEGABYTE, CONNECTION));
    Cost plain = row("one connection, part after part", this::sendPlainly, () -> {});
    Cost fresh = row("the builder, no material there yet", this::store, s3::clear);
    report.value("  its wall / that of one connection", ratio(fresh, plain), "x");
    Cost usual = row("the builder, material there", this::store, this::keepMaterialAlone);
    report.atMost("  its wall / that of one connection", ratio(usual, plain), 1 / 3.0, "x");
    report.atMost("  its parts", s3.sent().parts(), MOST_PARTS, "");
    memory();
  }

  /// @param before of each round, which it is no part of
  private Cost row(String what, Cost.Job job, Runnable before)
      throws IOException, InterruptedException {
    List<Cost> costs = new ArrayList<>();
    for (int round = isSmoke ? 1 : ROUNDS; round > 0; round--) {
      before.run();
      s3.forget();
      costs.add(Cost.of(job));
    }
    Cost median = Cost.median(costs);
    report.cost(what, median);
    MeteredS3.Sent sent = s3.sent();
    report.value("  sent, in %d parts".formatted(sent.parts()), sent.bytes() / MEGABYTE, "MB");
    return median;
  }

  private void store() throws IOException {
    AssetSink.Target target = new AssetSink.Target("iso", "application/x-iso9660-image", "a.iso");
    AwsMaterial.of(s3.endpoint(), BUCKET).sink().put(target, iso, bytes -> {});
  }

  private void keepMaterialAlone() {
    s3.remove("iso");
  }

  /// As a program does that knows nothing of what is there, nor of several connections.
  private void sendPlainly() throws IOException {
    Map<String, String> variables =
        Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL", s3.endpoint().toString());
    S3Client client = new AwsClients(new Environment(variables)).s3().get();
    String id =
        client.createMultipartUpload(create -> create.bucket(BUCKET).key("plain")).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    try (InputStream in = iso.open()) {
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        parts.add(sent(client, id, parts.size() + 1, part));
      }
    }
    client.completeMultipartUpload(done ->
        done.bucket(BUCKET).key("plain").uploadId(id).multipartUpload(all -> all.parts(parts)));
  }

  private static CompletedPart sent(S3Client client, String id, int number, byte[] part) {
    String tag =
        client
            .uploadPart(
                one -> one.bucket(BUCKET).key("plain").uploadId(id).partNumber(number),
                RequestBody.fromBytes(part))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private void memory() throws IOException, InterruptedException {
    SmallHeap.Load load =
        isSmoke ? new SmallHeap.Load(100, 20, 20) : new SmallHeap.Load(4 << 10, 200, 121);
    Path folder = Files.createDirectory(work.resolve("small-heap"));
    SmallHeap.Outcome outcome = new SmallHeap(folder, s3.endpoint()).run(load);
    report.heading(
        "Two images of %d MB with %d MB in each, and an ISO of %d MB, stored at once"
            .formatted(load.disk(), load.file(), load.iso()));
    report.value("largest heap there may be", SmallHeap.MEGABYTES, "MB");
    report.value("heap after a collection, at most", outcome.heap() / MEGABYTE, "MB");
    report.value("buffers outside the heap, at most", outcome.direct() / MEGABYTE, "MB");
  }

  private static double ratio(Cost a, Cost b) {
    return (double) a.wall() / b.wall();
  }
}
