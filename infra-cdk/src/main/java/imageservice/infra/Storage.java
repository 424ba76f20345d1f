package imageservice.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/// What is kept. Configurations are people's and cannot be made again; builds and assets can.
final class Storage extends Construct {
  /// Of an object. Records of builds expire well before (the service's `Retention`), and an asset
  /// that is asked for later is built again.
  static final Duration ASSET_AGE = Duration.days(90);

  /// Request headers that a download manager sends in a browser.
  static final List<String> SENT =
      List.of(
          "Cache-Control",
          "If-Match",
          "If-Modified-Since",
          "If-None-Match",
          "If-Range",
          "If-Unmodified-Since",
          "Range");

  /// Headers of an object that it reads.
  static final List<String> EXPOSED =
      List.of(
          "Accept-Ranges",
          "Content-Disposition",
          "Content-Length",
          "Content-Range",
          "Content-Type",
          "ETag",
          "Last-Modified");

  private final ITable configurations;
  private final ITable builds;
  private final IBucket assets;

  Storage(Construct scope, Settings.Kept kept) {
    super(scope, "Storage");
    this.configurations =
        kept.configurationsTable()
            .map(name -> Table.fromTableName(this, "Configurations", name))
            .orElseGet(this::newConfigurations);
    this.builds =
        kept.buildsTable()
            .map(name -> Table.fromTableName(this, "Builds", name))
            .orElseGet(this::newBuilds);
    this.assets =
        kept.assetBucket()
            .map(name -> Bucket.fromBucketName(this, "Assets", name))
            .orElseGet(() -> newAssets(kept.retainAssets()));
  }

  ITable configurations() {
    return configurations;
  }

  ITable builds() {
    return builds;
  }

  IBucket assets() {
    return assets;
  }

  private ITable newConfigurations() {
    return table("Configurations")
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
        .deletionProtection(true)
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  private ITable newBuilds() {
    Table table =
        table("Builds").timeToLiveAttribute("expires").removalPolicy(RemovalPolicy.DESTROY).build();
    NagReasons.builds(table);
    return table;
  }

  private Table.Builder table(String id) {
    return Table.Builder.create(this, id)
        .partitionKey(Attribute.builder().name("pk").type(AttributeType.STRING).build())
        .billingMode(BillingMode.PAY_PER_REQUEST);
  }

  private IBucket newAssets(boolean retain) {
    Bucket bucket =
        Bucket.Builder.create(this, "Assets")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .enforceSsl(true)
            .encryption(BucketEncryption.S3_MANAGED)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .lifecycleRules(List.of(aging()))
            .cors(List.of(readableByBrowsers()))
            .removalPolicy(retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
            .build();
    NagReasons.assets(bucket);
    return bucket;
  }

  /// Assets of every generation (`g` and eight hex digits), what they refer to (`content/`), the
  /// plans of both (`plans/`) and source material (`material/`): all of it can be made again.
  private static LifecycleRule aging() {
    return LifecycleRule.builder()
        .id("aging")
        .expiration(ASSET_AGE)
        .abortIncompleteMultipartUploadAfter(Duration.days(1))
        .build();
  }

  /// The same as the service itself allows, for browsers that follow its redirect.
  private static CorsRule readableByBrowsers() {
    return CorsRule.builder()
        .allowedOrigins(List.of("*"))
        .allowedMethods(List.of(HttpMethods.GET, HttpMethods.HEAD))
        .allowedHeaders(SENT)
        .exposedHeaders(EXPOSED)
        .maxAge(3600)
        .build();
  }
}
