package imageservice.builder;

import imageservice.builder.assemble.Assembler;
import imageservice.builder.assemble.GrubKit;
import imageservice.builder.assemble.ImageInputs;
import imageservice.builder.cache.BlobCache;
import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.fetch.OciImages;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.fetch.Verifier;
import imageservice.builder.index.DocumentMaker;
import imageservice.builder.index.ReleaseIndexer;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.RegistryPrefix;
import imageservice.builder.oci.RegistrySource;
import imageservice.builder.oci.Retries;
import imageservice.builder.overlay.OverlayPrograms;
import imageservice.builder.overlay.SandboxedPrograms;
import imageservice.builder.store.S3AssetSink;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.DynamoItemTable;
import imageservice.ledger.ReleaseLedger;
import imageservice.release.TalosVersion;
import imageservice.release.VersionPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Puts the build side together on AWS, from the environment that the stack gives its functions:
///
///     ASSET_BUCKET, BUILDS_TABLE, AWS_REGION
///     INSECURE_SOURCES      must be `true`: there is no verifier of signatures yet
///     SOURCE_PREFIX         optional: registry and prefix of images, else ghcr.io/siderolabs/
///     GRUB_KIT              optional: folder of the GRUB kit; without it there are no ISOs
///     CACHE_FOLDER          optional: where source material is kept, else /tmp/blobs
///     BROKEN_VERSIONS       optional: withheld versions, separated by blanks
///     INDEX_SECONDS         optional: how long one look at the source goes on writing documents of
///                           releases, else 120; less than the function's own time
///     AWS_ENDPOINT_URL      optional: everything AWS at another address
final class BuilderAwsWiring {
  private static final String STANDARD_SOURCE = "ghcr.io/siderolabs/";
  private static final String STANDARD_CACHE = "/tmp/blobs";
  private static final String STANDARD_INDEX_SECONDS = "120";
  private static final int ATTEMPTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// How long a program of an overlay may run.
  private static final Duration OVERLAY_PATIENCE = Duration.ofSeconds(10);

  private final Map<String, String> environment;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final EnvironmentVariableCredentialsProvider credentials =
      EnvironmentVariableCredentialsProvider.create();

  BuilderAwsWiring(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  static BuilderAwsWiring fromEnvironment() {
    return new BuilderAwsWiring(System.getenv());
  }

  Builder builder() throws IOException {
    S3Client s3 =
        configured(S3Client.builder())
            .httpClient(http)
            .forcePathStyle(endpoint().isPresent())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .build();
    BlobCache cache = cache();
    OciImages images = new OciImages(source(), verifier(), cache);
    return new Builder(
        new BuildLedger(table()),
        new Assembler(new ImageInputs(images, new DerivedBlobs(cache), kit(), overlayPrograms())),
        new S3AssetSink(s3, required("ASSET_BUCKET")),
        InstantSource.system(),
        BuildLog.json(System.out));
  }

  ReleaseIndexing indexing() throws IOException {
    OciImages images = new OciImages(source(), verifier(), cache());
    return new ReleaseIndexing(
        new ReleaseIndexer(images, new VersionPolicy(VersionPolicy.OLDEST, broken())),
        new DocumentMaker(images),
        new ReleaseLedger(table()),
        kit().map(GrubKit::digest),
        InstantSource.system(),
        indexBudget(),
        IndexLog.json(System.out));
  }

  private OverlayPrograms overlayPrograms() {
    return optional("RUN_OVERLAY_PROGRAMS").orElse("false").equals("true")
        ? new SandboxedPrograms(OVERLAY_PATIENCE)
        : OverlayPrograms.forbidden();
  }

  private ImageSource source() {
    return new RegistrySource(
        RegistryPrefix.parse(optional("SOURCE_PREFIX").orElse(STANDARD_SOURCE)),
        Optional.empty(),
        RegistrySource.client(),
        new Retries(ATTEMPTS, Thread::sleep, () -> ThreadLocalRandom.current().nextDouble()),
        InstantSource.system(),
        PATIENCE);
  }

  private Verifier verifier() {
    if (!required("INSECURE_SOURCES").equals("true")) {
      throw new IllegalStateException(
          "INSECURE_SOURCES is not true: signatures cannot be verified yet, so nothing could be"
              + " built");
    }
    return new UnverifiedAdmitted();
  }

  /// Half of the disk that holds it: assembling and other functions' leavings need room too.
  private BlobCache cache() throws IOException {
    Path folder = Files.createDirectories(Path.of(optional("CACHE_FOLDER").orElse(STANDARD_CACHE)));
    long capacity = Files.getFileStore(folder).getTotalSpace() / 2;
    return new BlobCache(folder, capacity, InstantSource.system());
  }

  /// A folder that is named must hold a kit.
  private Optional<GrubKit> kit() throws IOException {
    Optional<Path> folder = optional("GRUB_KIT").map(Path::of);
    Optional<GrubKit> kit = folder.isEmpty() ? Optional.empty() : GrubKit.load(folder.get());
    if (folder.isPresent() && kit.isEmpty()) {
      throw new IllegalStateException("GRUB_KIT: no kit in " + folder.get());
    }
    return kit;
  }

  private DynamoItemTable table() {
    DynamoDbClient dynamo = configured(DynamoDbClient.builder()).httpClient(http).build();
    return new DynamoItemTable(dynamo, required("BUILDS_TABLE"));
  }

  private Duration indexBudget() {
    String text = optional("INDEX_SECONDS").orElse(STANDARD_INDEX_SECONDS).strip();
    if (!text.matches("[0-9]{1,4}")) {
      throw new IllegalStateException("INDEX_SECONDS: not a number of seconds: " + text);
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }

  private Set<TalosVersion> broken() {
    return optional("BROKEN_VERSIONS").stream()
        .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
        .map(text -> TalosVersion.parse(text).orElseThrow(() -> wrong("BROKEN_VERSIONS", text)))
        .collect(Collectors.toSet());
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(B client) {
    client.credentialsProvider(credentials).region(Region.of(required("AWS_REGION")));
    endpoint().ifPresent(client::endpointOverride);
    return client;
  }

  private Optional<URI> endpoint() {
    return optional("AWS_ENDPOINT_URL").map(URI::create);
  }

  private Optional<String> optional(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private String required(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException(name + " is not set"));
  }

  private static IllegalStateException wrong(String name, String value) {
    return new IllegalStateException(name + ": not a Talos version: " + value);
  }
}
