package imageservice.functions.asset;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Signs requests for the objects of one bucket in their query, so that whoever has the address can
/// send them. The addresses are those of the SDK's `S3Presigner`, which takes all of S3's client
/// along: too much for a function that starts.
public final class S3LinkSigner {
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final URI bucket;
  private final Region region;
  private final AwsCredentialsProvider credentials;

  /// @param bucket address of the bucket, with a final slash
  private S3LinkSigner(URI bucket, Region region, AwsCredentialsProvider credentials) {
    this.bucket = bucket;
    this.region = region;
    this.credentials = credentials;
  }

  /// For a bucket of S3 itself. Certificates cover one label, so that a bucket with a dot in its
  /// name is part of the path.
  public static S3LinkSigner ofS3(
      String bucket, Region region, AwsCredentialsProvider credentials) {
    String place = region.equals(Region.US_EAST_1) ? "" : region.id() + "."; // there it is global
    String host = "s3." + place + PartitionMetadata.of(region).dnsSuffix() + "/";
    String address = bucket.indexOf('.') < 0 ? bucket + "." + host : host + bucket + "/";
    return new S3LinkSigner(URI.create("https://" + address), region, credentials);
  }

  /// For a bucket at an address of S3's protocol, such as an emulator's.
  ///
  /// @param endpoint without a final slash
  public static S3LinkSigner at(
      URI endpoint, String bucket, Region region, AwsCredentialsProvider credentials) {
    return new S3LinkSigner(URI.create(endpoint + "/" + bucket + "/"), region, credentials);
  }

  /// @param parameters more of the query, by name
  SdkHttpRequest sign(
      SdkHttpMethod method, String key, Map<String, String> parameters, Duration validity) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(bucket)
            .encodedPath(bucket.getPath() + SdkHttpUtils.urlEncodeIgnoreSlashes(key))
            .rawQueryParameters(lists(parameters))
            .build();
    return signer
        .sign(sign ->
            sign.identity(credentials.resolveCredentials())
                .request(request)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(
                    AwsV4FamilyHttpSigner.AUTH_LOCATION,
                    AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, validity)
                .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false))
        .request();
  }

  private static Map<String, List<String>> lists(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }
}
