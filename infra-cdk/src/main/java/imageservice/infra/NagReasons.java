package imageservice.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.IConstruct;

/// Why the stack does not do all that the checks of "AWS Solutions" ask for.
final class NagReasons {
  private NagReasons() {}

  static void builds(Table builds) {
    because(
        builds,
        "AwsSolutions-DDB3",
        "what is in it can be made again: a build whose record is lost is built anew");
  }

  static void assets(Bucket assets) {
    because(
        assets,
        "AwsSolutions-S1",
        "assets are public to whoever has their address, every link is made by a function that "
            + "logs it, and a log of accesses would need a second bucket that grows for good");
  }

  static void objects(FunctionIdentity identity) {
    because(
        identity.role(),
        "AwsSolutions-IAM5",
        "every object of the bucket is an asset, and their names are not known beforehand");
  }

  static void lostOrders(Queue queue) {
    because(
        queue,
        "AwsSolutions-SQS3",
        "it is where lost orders go itself, and nothing takes any out of it but people");
  }

  static void route(HttpRoute route) {
    because(
        route,
        "AwsSolutions-APIG4",
        "the service is public: its clients, boot loaders among them, cannot authenticate");
  }

  static void edge(Distribution edge) {
    because(edge, "AwsSolutions-CFR1", "the service is for machines anywhere");
    because(
        edge,
        "AwsSolutions-CFR2",
        "requests are throttled by the API, builds have an end each day, and objects want a "
            + "signed link");
    because(
        edge,
        "AwsSolutions-CFR3",
        "the API logs each request, and a log of downloads would need a second bucket that grows "
            + "for good");
    because(
        edge,
        "AwsSolutions-CFR4",
        "boot loaders know no TLS, or old ones: scripts and what they lead to are given to them "
            + "in any way");
  }

  private static void because(IConstruct construct, String rule, String reason) {
    NagSuppressions.addResourceSuppressions(
        construct, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
  }
}
