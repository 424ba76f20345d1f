package imageservice.builder.sign;

import imageservice.plan.BootKeys;
import imageservice.plan.EnrolmentFiles;
import imageservice.plan.SecureBoot;
import imageservice.plan.SigningCertificate;
import imageservice.release.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The private side of secure boot: signs what firmware starts, the variables by which it takes the
/// keys, and what a TPM will have measured.
///
/// @param boot the certificate's key
/// @param given enrolment files of the operator
public record BootKeyring(
    SigningCertificate certificate,
    Signer boot,
    Signer pcr,
    Optional<EnrolmentFiles<byte[]>> given) {

  /// The same keys, asked in another way.
  public BootKeyring with(UnaryOperator<Signer> change) {
    return new BootKeyring(certificate, change.apply(boot), change.apply(pcr), given);
  }

  /// The public side.
  public BootKeys keys() throws IOException {
    return new BootKeys(certificate, pcr.key(), given.map(files -> files.map(Digest::of)));
  }

  /// Refuses keys that do not belong together.
  ///
  /// @throws SigningException where the certificate is another key's
  public void requireOwnCertificate() throws IOException {
    if (!certificate.key().equals(boot.key())) {
      throw new SigningException(
          "the certificate is of key %s, and the key that is to sign is %s: give the two that were made together"
              .formatted(certificate.key().id(), boot.key().id()));
    }
  }

  /// Refuses to sign by other keys than the plan's, which people have enrolled.
  ///
  /// @throws SigningException where the builder has other keys
  public void require(SecureBoot planned) throws IOException {
    requireOwnCertificate();
    require("certificate", certificate.id(), planned.certificate());
    require("PCR key", pcr.key().id(), planned.pcrKey());
    Optional<EnrolmentFiles<Digest>> own = given.map(files -> files.map(Digest::of));
    if (!own.equals(planned.enrolment())) {
      throw new SigningException(
          "the builder has other enrolment files (PK.auth, KEK.auth, db.auth) than the asset is to"
              + " have: give the builder and the functions the same ones, or neither any");
    }
  }

  private static void require(String what, Digest own, Digest planned) throws SigningException {
    if (!own.equals(planned)) {
      throw new SigningException(
          "the builder's %s for secure boot is %s, and the asset is to be signed by %s: give the builder and the functions the two halves of one key"
              .formatted(what, own, planned));
    }
  }

  /// Of a builder without keys.
  public static SigningException noKeys(SecureBoot planned) {
    return new SigningException(
        "the builder has no keys for secure boot, and the asset is to be signed by %s: give it the keys"
            .formatted(planned.certificate()));
  }

  /// The signature of an executable.
  ///
  /// @param hash of the image, SHA-256
  public byte[] signImage(byte[] hash) throws IOException {
    return new SignedData(certificate, boot).ofImage(hash);
  }

  /// The signature of the update of a variable.
  public byte[] signUpdate(byte[] update) throws IOException {
    return new SignedData(certificate, boot).ofBytes(update);
  }
}
