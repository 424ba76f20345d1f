package imageservice.plan;

import imageservice.release.Digest;
import java.util.Optional;

/// Which keys sign an asset for secure boot.
///
/// @param certificate the {@link SigningCertificate}'s id
/// @param pcrKey the id of the key that signs what a TPM will have measured
/// @param enrolment files that the operator gave instead of those that a builder makes
public record SecureBoot(
    Digest certificate, Digest pcrKey, Optional<EnrolmentFiles<Digest>> enrolment) {}
