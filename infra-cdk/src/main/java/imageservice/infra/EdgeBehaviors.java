package imageservice.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CacheHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CacheQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.IKeyGroup;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersCorsBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.constructs.Construct;

/// What the CDN does with each path.
final class EdgeBehaviors {
  /// Assets, by their generation (`g` and eight hex digits), and what they refer to by its digest.
  /// No pattern leads to plans, to source material or to anything else that is in the bucket.
  private static final List<String> OBJECTS = List.of("/g????????/*", "/content/*");

  /// Of boot loaders that know no TLS: scripts, and what these lead to.
  private static final List<String> BOOT = List.of("/pxe", "/pxe/*", "/image/*");

  private final Construct scope;
  private final IOrigin functions;
  private final CachePolicy answers;

  EdgeBehaviors(Construct scope, IOrigin functions) {
    this.scope = scope;
    this.functions = functions;
    this.answers = answers();
  }

  BehaviorOptions standard() {
    return requests(ViewerProtocolPolicy.REDIRECT_TO_HTTPS);
  }

  Map<String, BehaviorOptions> others(IOrigin bucket, IKeyGroup keys) {
    Map<String, BehaviorOptions> behaviors = new TreeMap<>();
    BOOT.forEach(path -> behaviors.put(path, requests(ViewerProtocolPolicy.ALLOW_ALL)));
    BehaviorOptions objects = objects(bucket, keys);
    OBJECTS.forEach(path -> behaviors.put(path, objects));
    return behaviors;
  }

  private BehaviorOptions requests(ViewerProtocolPolicy protocols) {
    return BehaviorOptions.builder()
        .origin(functions)
        .allowedMethods(AllowedMethods.ALLOW_ALL)
        .viewerProtocolPolicy(protocols)
        .cachePolicy(answers)
        .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
        .compress(false)
        .build();
  }

  /// Nothing is kept but what says so itself; the service says so of answers that differ by these.
  /// The functions are told here, too, by what protocol a client came.
  private CachePolicy answers() {
    return CachePolicy.Builder.create(scope, "Answers")
        .minTtl(Duration.seconds(0))
        .defaultTtl(Duration.seconds(0))
        .maxTtl(Duration.days(1))
        .queryStringBehavior(CacheQueryStringBehavior.all())
        .headerBehavior(
            CacheHeaderBehavior.allowList("Accept", "CloudFront-Forwarded-Proto", "Origin"))
        .build();
  }

  private BehaviorOptions objects(IOrigin bucket, IKeyGroup keys) {
    return BehaviorOptions.builder()
        .origin(bucket)
        .allowedMethods(AllowedMethods.ALLOW_GET_HEAD_OPTIONS)
        .viewerProtocolPolicy(ViewerProtocolPolicy.ALLOW_ALL)
        .cachePolicy(addressed())
        .responseHeadersPolicy(readableByBrowsers())
        .trustedKeyGroups(List.of(keys))
        .compress(false)
        .build();
  }

  /// An object never changes, and a name to save it under is of the answer alone. What signs a link
  /// is no part of the address.
  private CachePolicy addressed() {
    return CachePolicy.Builder.create(scope, "Addressed")
        .minTtl(Duration.seconds(0))
        .defaultTtl(Duration.days(1))
        .maxTtl(Storage.ASSET_AGE)
        .queryStringBehavior(CacheQueryStringBehavior.allowList("response-content-disposition"))
        .build();
  }

  /// As the bucket says it; of the edge's own, since one object that is kept is given to all.
  private ResponseHeadersPolicy readableByBrowsers() {
    return ResponseHeadersPolicy.Builder.create(scope, "Browsers")
        .corsBehavior(
            ResponseHeadersCorsBehavior.builder()
                .accessControlAllowCredentials(false)
                .accessControlAllowOrigins(List.of("*"))
                .accessControlAllowMethods(List.of("GET", "HEAD"))
                .accessControlAllowHeaders(Storage.SENT)
                .accessControlExposeHeaders(Storage.EXPOSED)
                .accessControlMaxAge(Duration.hours(1))
                .originOverride(true)
                .build())
        .build();
  }
}
