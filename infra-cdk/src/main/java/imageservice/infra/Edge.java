package imageservice.infra;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.KeyGroup;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.PublicKey;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.constructs.Construct;

/// A CDN (CloudFront) in front of the API and the bucket, under one name. It gives objects to
/// whoever has a link that the service signed.
final class Edge extends Construct {
  /// What CloudFront keeps for some seconds though nobody said so.
  private static final List<Integer> FAILURES =
      List.of(400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504);

  /// Above the 29 s of the function that waits longest.
  private static final Duration PATIENCE = Duration.seconds(35);

  private final SecretName secret;
  private final PublicKey key;
  private final Distribution distribution;
  private final String host;

  Edge(
      Construct scope,
      Settings.Edge settings,
      Optional<Settings.Domain> domain,
      HttpApi api,
      Storage storage) {
    super(scope, "Edge");
    this.secret = settings.keySecret();
    this.key = PublicKey.Builder.create(this, "Key").encodedKey(settings.pem()).build();
    this.distribution = distribution(domain, api, storage);
    this.host =
        domain.map(Settings.Domain::name).orElseGet(distribution::getDistributionDomainName);
    NagReasons.edge(distribution);
  }

  /// The address people use.
  String url() {
    return "https://" + host + "/";
  }

  /// The same for boot loaders that know no TLS.
  String plainUrl() {
    return "http://" + host + "/";
  }

  /// What a domain of one's own is a CNAME of.
  String target() {
    return distribution.getDistributionDomainName();
  }

  /// What functions that make links are told.
  Map<String, String> variables() {
    return Map.of(
        "EDGE_HOST", host,
        "EDGE_KEY_ID", key.getPublicKeyId(),
        "EDGE_KEY", secret.arn(Stack.of(this)));
  }

  /// Lets a function read the private key.
  void allowKey(FunctionIdentity identity) {
    secret.readableBy(identity, Stack.of(this));
  }

  private Distribution distribution(
      Optional<Settings.Domain> domain, HttpApi api, Storage storage) {
    EdgeBehaviors behaviors = new EdgeBehaviors(this, functions(api));
    KeyGroup keys = KeyGroup.Builder.create(this, "Keys").items(List.of(key)).build();
    IOrigin bucket = S3BucketOrigin.withOriginAccessControl(storage.assets());
    Distribution.Builder builder =
        Distribution.Builder.create(this, "Distribution")
            .comment("Image Service")
            .httpVersion(HttpVersion.HTTP2_AND_3)
            .priceClass(PriceClass.PRICE_CLASS_100)
            .defaultBehavior(behaviors.standard())
            .additionalBehaviors(behaviors.others(bucket, keys))
            .errorResponses(FAILURES.stream().map(Edge::notKept).toList());
    domain.ifPresent(own ->
        builder
            .domainNames(List.of(own.name()))
            .certificate(
                Certificate.fromCertificateArn(this, "Certificate", own.certificateArn())));
    return builder.build();
  }

  private static IOrigin functions(HttpApi api) {
    String host = Fn.select(2, Fn.split("/", api.getApiEndpoint()));
    return HttpOrigin.Builder.create(host)
        .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
        .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
        .readTimeout(PATIENCE)
        .build();
  }

  private static ErrorResponse notKept(int status) {
    return ErrorResponse.builder().httpStatus(status).ttl(Duration.seconds(0)).build();
  }
}
