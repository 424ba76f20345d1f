package imageservice.plan;

import imageservice.release.Digest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/// The public side of secure boot.
///
/// @param certificate of the key that signs boot loaders and UKIs
/// @param pcr the key that signs what a TPM will have measured
/// @param given digests of the enrolment files that the operator gave
public record BootKeys(
    SigningCertificate certificate, SigningKey pcr, Optional<EnrolmentFiles<Digest>> given) {
  private static final int LEAST_BITS = 2048;
  private static final int MOST_BITS = 4096;

  public BootKeys {
    require(pcr.key());
  }

  /// What plans say of them.
  SecureBoot ids() {
    return new SecureBoot(certificate.id(), pcr.id(), given);
  }

  /// @throws IllegalArgumentException where firmware or a TPM could not verify with the key
  public static void require(PublicKey key) {
    if (!(key instanceof RSAPublicKey rsa)) {
      throw unfit("not an RSA key");
    }
    int bits = rsa.getModulus().bitLength();
    if (bits < LEAST_BITS || bits > MOST_BITS) {
      throw unfit("an RSA key of %d bits".formatted(bits));
    }
  }

  /// @param what the key is
  public static IllegalArgumentException unfit(String what) {
    return new IllegalArgumentException(
        "%s, and secure boot takes RSA keys of %d to %d bits; %s"
            .formatted(what, LEAST_BITS, MOST_BITS, SigningCertificate.MAKE));
  }
}
