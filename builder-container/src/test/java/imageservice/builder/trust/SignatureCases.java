package imageservice.builder.trust;

import java.util.List;
import java.util.stream.Stream;

/// Good signatures, and bad ones of each kind that there is a check for.
public final class SignatureCases {
  private SignatureCases() {}

  public static List<SignatureCase> of(SigstoreWorld world) {
    CertificateCases certificates = new CertificateCases(world);
    LogCases logs = new LogCases(world);
    ContentCases contents = new ContentCases(world);
    return Stream.of(
            certificates.certificates(),
            certificates.certificateLogs(),
            certificates.identities(),
            contents.statements(),
            logs.logs(),
            logs.bodies(),
            logs.proofs(),
            new StampedCases(world).all(),
            contents.older(),
            contents.keys())
        .flatMap(List::stream)
        .toList();
  }
}
