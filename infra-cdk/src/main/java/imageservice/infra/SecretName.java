package imageservice.infra;

import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;

/// A secret of Secrets Manager that exists, by its name or its whole ARN. Its value is in no
/// template: functions are told the ARN and read it.
record SecretName(String text) {
  private static final String ARN = "arn:[a-z-]+:secretsmanager:\\S+-[A-Za-z0-9]{6}";

  /// AWS ends ARNs with a hyphen and six characters, so a name that does looks like a whole ARN.
  private static final String NAME = "(?!arn:)(?!.*-[A-Za-z0-9]{6}$)[A-Za-z0-9/_+=.@-]{1,505}";

  static Optional<SecretName> of(Context context, String name) {
    return context
        .matching(
            name, ARN + "|" + NAME, "the ARN of a secret, or a name without -?????? at its end")
        .map(SecretName::new);
  }

  /// What a function is told.
  String arn(Stack stack) {
    return text.startsWith("arn:")
        ? text
        : stack.formatArn(
            ArnComponents.builder()
                .service("secretsmanager")
                .resource("secret")
                .resourceName(text)
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
  }

  void readableBy(FunctionIdentity identity, Stack stack) {
    String whole = text.startsWith("arn:") ? arn(stack) : arn(stack) + "-??????";
    identity.allow(whole, "secretsmanager:GetSecretValue");
  }
}
