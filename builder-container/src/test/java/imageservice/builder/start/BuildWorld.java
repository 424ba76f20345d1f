package imageservice.builder.start;

import imageservice.asset.Architecture;
import imageservice.asset.AssetAddress;
import imageservice.builder.oci.PublicTestRegistry;
import imageservice.ledger.AwsClients;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.BuildOrder;
import imageservice.ledger.Environment;
import imageservice.ledger.PlannedAsset;
import imageservice.ledger.S3PlanStore;
import imageservice.packaging.FakeAws;
import imageservice.packaging.World;
import imageservice.plan.AddOnCompression;
import imageservice.plan.AssetKey;
import imageservice.plan.BuildPlan;
import imageservice.plan.Extension;
import imageservice.plan.InitramfsContent;
import imageservice.plan.Input;
import imageservice.release.Digest;
import imageservice.release.TalosVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The world of a builder that starts: stand-ins for AWS, with the records and plans of assets that
/// were ordered, and a registry with one small release.
final class BuildWorld implements World {
  private static final String VERSION = "v1.9.5";
  private static final String KERNEL = "usr/install/amd64/vmlinuz";
  private static final String INITRAMFS = "usr/install/amd64/initramfs.xz";

  private final FakeAws aws = new FakeAws();
  private final PublicTestRegistry registry = new PublicTestRegistry(true);
  private final List<String> orders = new ArrayList<>();

  BuildWorld() throws IOException {
    Digest imager =
        registry.push(
            "imager", VERSION, Map.of(KERNEL, "kernel".repeat(999), INITRAMFS, "base".repeat(999)));
    Digest extension =
        registry.push(
            "extension",
            "1",
            Map.of(
                "manifest.yaml",
                "version: v1alpha1\nmetadata: {name: extension, version: '1'}\n",
                "rootfs/usr/local/bin/program",
                "program".repeat(999)));
    registry.push("extensions", VERSION, Map.of("image-digests", ""));
    order("cmdline-metal-amd64", new BuildPlan.Cmdline("console=tty0"));
    order("kernel-amd64", new BuildPlan.Kernel(new Input.ImageFile("imager", imager, KERNEL)));
    order("initramfs-amd64.xz", initramfs(imager, extension));
  }

  private static BuildPlan initramfs(Digest imager, Digest extension) {
    return new BuildPlan.Initramfs(
        new InitramfsContent(
            TalosVersion.parse(VERSION).orElseThrow(),
            new Input.ImageFile("imager", imager, INITRAMFS),
            new Input.ImageFile("imager", imager, KERNEL),
            true,
            AddOnCompression.ZSTD,
            List.of(
                new Extension.Packaged(
                    new Input.ExtensionImage("extension", extension, Architecture.AMD64)))));
  }

  private void order(String name, BuildPlan plan) throws IOException {
    AssetAddress address =
        AssetAddress.parse("g1a2b3c4d/image/" + "a".repeat(64) + "/" + VERSION + "/" + name)
            .orElseThrow();
    AwsClients clients = new AwsClients(new Environment(variables()));
    BuildLedger ledger = new BuildLedger(clients.table("builds"));
    BuildLedger.Acquisition acquired =
        ledger.acquire(
            new PlannedAsset(address, AssetKey.of(plan), List.of()),
            Instant.now(),
            Duration.ofHours(1));
    new S3PlanStore(clients.s3(), "assets").put(plan);
    orders.add(new BuildOrder(address, acquired.record().fence(), AssetKey.of(plan)).toJson());
  }

  /// What a start-up cache is to know: a look for releases, a release's document, and an asset of
  /// each kind that needs no boot loader.
  static List<String> ordinary() throws IOException {
    List<String> events = new ArrayList<>(List.of("{}", "{\"version\":\"" + VERSION + "\"}"));
    events.addAll(orders());
    return events;
  }

  /// The orders of all assets, the same in each world.
  static List<String> orders() throws IOException {
    try (BuildWorld world = new BuildWorld()) {
      return List.copyOf(world.orders);
    }
  }

  @Override
  public Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ENDPOINT_URL", aws.endpoint());
    variables.put("ASSET_BUCKET", "assets");
    variables.put("BUILDS_TABLE", "builds");
    variables.put("SOURCE_POLICY", "insecure");
    variables.put("SOURCE_PREFIX", registry.prefix());
    return variables;
  }

  @Override
  public void close() {
    registry.close();
    aws.close();
  }
}
