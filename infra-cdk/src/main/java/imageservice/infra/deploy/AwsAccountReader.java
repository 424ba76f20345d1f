package imageservice.infra.deploy;

import imageservice.infra.preflight.Account;
import imageservice.infra.preflight.Fact;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

/// Asks AWS for what the preflight looks at; changes nothing.
record AwsAccountReader(Surroundings surroundings) {
  /// Of CDK's bootstrap stack with its standard name.
  private static final String BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version";

  /// Whom credentials are asked for where no region is known.
  private static final String ANY_REGION = "us-east-1";

  /// @param keys ARNs of keys whose public halves are wanted, by setting
  Account read(Map<String, String> keys) {
    Optional<String> region = AwsAccess.region(surroundings);
    AwsAccess access = AwsAccess.to(surroundings, region.orElse(ANY_REGION));
    Fact<String> identity = identity(access);
    if (region.isEmpty() || !(identity instanceof Fact.Known)) {
      return new Account(
          region,
          identity,
          new Fact.Absent<>(),
          new Fact.Absent<>(),
          new Fact.Absent<>(),
          Map.of());
    }
    return new Account(
        region,
        identity,
        bootstrap(access),
        concurrency(access),
        stack(access),
        publicKeys(access, keys));
  }

  private static Map<String, Fact<String>> publicKeys(AwsAccess access, Map<String, String> keys) {
    Map<String, Fact<String>> found = new TreeMap<>();
    keys.forEach((setting, arn) -> found.put(setting, new KmsPublicKey(access).read(arn)));
    return found;
  }

  private static Fact<String> identity(AwsAccess access) {
    try {
      access.credentials().resolveCredentials();
    } catch (SdkClientException e) {
      return new Fact.Absent<>();
    }
    try (StsClient sts = access.configured(StsClient.builder()).build()) {
      return new Fact.Known<>(sts.getCallerIdentity().account());
    } catch (SdkException e) {
      return unreadable(e);
    }
  }

  private static Fact<Integer> bootstrap(AwsAccess access) {
    try (SsmClient ssm = access.configured(SsmClient.builder()).build()) {
      String version = ssm.getParameter(get -> get.name(BOOTSTRAP)).parameter().value();
      return new Fact.Known<>(Integer.valueOf(version.strip()));
    } catch (ParameterNotFoundException e) {
      return new Fact.Absent<>();
    } catch (SdkException | NumberFormatException e) {
      return unreadable(e);
    }
  }

  private static Fact<Integer> concurrency(AwsAccess access) {
    try (LambdaClient lambda = access.configured(LambdaClient.builder()).build()) {
      Integer all = lambda.getAccountSettings().accountLimit().concurrentExecutions();
      return all == null ? new Fact.Absent<>() : new Fact.Known<>(all);
    } catch (SdkException e) {
      return unreadable(e);
    }
  }

  private static Fact<Boolean> stack(AwsAccess access) {
    try {
      return new CloudFormationOutputs(access).read().isPresent()
          ? new Fact.Known<>(true)
          : new Fact.Absent<>();
    } catch (DeployException e) {
      return unreadable(e);
    }
  }

  static <T> Fact<T> unreadable(Exception e) {
    return new Fact.Unreadable<>(
        e instanceof AwsServiceException service && service.awsErrorDetails() != null
            ? String.valueOf(service.awsErrorDetails().errorMessage())
            : DeployException.line(e));
  }
}
