package imageservice.infra;

import software.amazon.awscdk.services.apigatewayv2.ApiMapping;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.constructs.Construct;

/// A domain of one's own in front of the API. Its DNS record is not the stack's: whoever deploys
/// makes a CNAME to the target.
final class CustomDomain {
  private CustomDomain() {}

  /// The target of the CNAME.
  static String of(Construct scope, HttpApi api, HttpStage stage, Settings.Domain domain) {
    DomainName name =
        DomainName.Builder.create(scope, "Domain")
            .domainName(domain.name())
            .certificate(
                Certificate.fromCertificateArn(scope, "Certificate", domain.certificateArn()))
            .build();
    // The mapping names the stage by its text, which makes it wait for nothing.
    ApiMapping.Builder.create(scope, "DomainMapping")
        .api(api)
        .stage(stage)
        .domainName(name)
        .build()
        .getNode()
        .addDependency(stage);
    return name.getRegionalDomainName();
  }
}
