package imageservice.infra;

import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// Who a function is and where it logs. It may write to its own log group, and what it is allowed
/// beyond that; the managed policy for logs would let it create and write any.
record FunctionIdentity(Role role, LogGroup log) {
  static FunctionIdentity of(Construct scope, String name) {
    LogGroup log = logGroup(scope, name + "Log");
    Role role =
        Role.Builder.create(scope, name + "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    FunctionIdentity identity = new FunctionIdentity(role, log);
    identity.allow(log.getLogGroupArn(), "logs:CreateLogStream", "logs:PutLogEvents");
    return identity;
  }

  static LogGroup logGroup(Construct scope, String id) {
    return LogGroup.Builder.create(scope, id)
        .retention(RetentionDays.TWO_WEEKS)
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  void allow(String resource, String... actions) {
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of(actions))
            .resources(List.of(resource))
            .build());
  }
}
