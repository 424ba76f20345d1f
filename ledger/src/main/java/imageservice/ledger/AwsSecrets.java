package imageservice.ledger;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Settings that are secret: their variable has the ARN of a secret of Secrets Manager in place of
/// the value, so that neither the stack's template nor the function's environment has the value.
public final class AwsSecrets {
  private static final String ARN = "arn:[a-z-]+:secretsmanager:\\S+";

  private final Supplier<SecretsManagerClient> client;

  AwsSecrets(Supplier<SecretsManagerClient> client) {
    this.client = client;
  }

  /// The value of a variable, or of the secret that it names.
  ///
  /// @throws IllegalStateException where the secret cannot be read
  public String reveal(String variable, String value) {
    return value.matches(ARN) ? read(variable, value) : value;
  }

  private String read(String variable, String arn) {
    try {
      String text = client.get().getSecretValue(get -> get.secretId(arn)).secretString();
      if (text == null) {
        throw new IllegalStateException(variable + ": its secret is no text");
      }
      return text.strip();
    } catch (SdkException e) {
      throw new IllegalStateException(
          variable + ": " + AwsFailure.of("its secret", e).getMessage(), e);
    }
  }
}
