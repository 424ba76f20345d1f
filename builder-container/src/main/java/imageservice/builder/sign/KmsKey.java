package imageservice.builder.sign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/// A key of KMS in the hands of an operator: asked in the region that its ARN names, with the
/// credentials that the AWS CLI would use.
public final class KmsKey implements AutoCloseable {
  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:kms:([a-z0-9-]+):[0-9]{12}:key/\\S+");

  private final KmsClient kms;
  private final KmsSigner signer;

  private KmsKey(KmsClient kms, String arn) {
    this.kms = kms;
    this.signer = new KmsSigner(() -> kms, arn);
  }

  /// @throws IllegalArgumentException where it is not the ARN of a key
  public static KmsKey of(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not the ARN of a key of KMS, such as arn:aws:kms:eu-central-1:123456789012:key/ID (not of"
              + " an alias): "
              + arn);
    }
    return new KmsKey(
        KmsClient.builder()
            .region(Region.of(parts.group(1)))
            .httpClient(UrlConnectionHttpClient.create())
            .build(),
        arn);
  }

  public Signer signer() {
    return signer;
  }

  @Override
  public void close() {
    kms.close();
  }
}
