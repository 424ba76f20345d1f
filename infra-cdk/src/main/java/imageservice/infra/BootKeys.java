package imageservice.infra;

import java.util.List;
import java.util.Optional;

/// The keys of secure boot: two of KMS, and their public halves.
///
/// @param key the ARN of the key that signs boot loaders and UKIs
/// @param certificate of that key: base64 of DER, in one line
/// @param pcrKey the ARN of the key that signs what a TPM will have measured
/// @param pcrPublicKey its public half: base64 of DER, in one line; absent where KMS is to be asked
public record BootKeys(
    String key, String certificate, String pcrKey, Optional<String> pcrPublicKey) {
  /// The setting that has the PCR key's public half.
  public static final String PCR_PUBLIC_KEY = "pcrPublicKey";

  private static final String ARN = "arn:[a-z-]+:kms:\\S+:key/\\S+";
  private static final String ONE_LINE = "MII[A-Za-z0-9+/]+={0,2}";

  static Optional<BootKeys> of(Context context) {
    String arn = "the ARN of a key of KMS (not of an alias)";
    List<Optional<String>> given =
        List.of(
            context.matching("secureBootKey", ARN, arn),
            context.matching(
                "secureBootCertificate", ONE_LINE, "base64 of a certificate in DER, in one line"),
            context.matching("pcrKey", ARN, arn));
    Optional<String> pcrPublicKey =
        context.matching(PCR_PUBLIC_KEY, ONE_LINE, "base64 of an RSA key in DER, in one line");
    List<String> there = given.stream().flatMap(Optional::stream).toList();
    if (there.size() < given.size() && !(there.isEmpty() && pcrPublicKey.isEmpty())) {
      throw new IllegalArgumentException(
          "secureBootKey, secureBootCertificate and pcrKey go together, and pcrPublicKey with them:"
              + " give all three or none");
    }
    return there.isEmpty()
        ? Optional.empty()
        : Optional.of(new BootKeys(there.get(0), there.get(1), there.get(2), pcrPublicKey));
  }

  /// @throws IllegalArgumentException where nobody gave it
  String requiredPcrPublicKey() {
    return pcrPublicKey.orElseThrow(
        () -> new IllegalArgumentException("pcrPublicKey is not given: ./deploy asks KMS for it"));
  }
}
