package imageservice.builder.assemble;

import imageservice.builder.sign.SigningException;
import imageservice.builder.sign.UpdateSignature;
import imageservice.formats.MalformedException;
import imageservice.formats.efi.SecureBootVariable;
import imageservice.formats.efi.VariableFile;
import imageservice.plan.EnrolmentFiles;
import imageservice.plan.SigningCertificate;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/// Enrolment files of the operator. Firmware in setup mode takes what it is given, and a machine
/// that took others than these starts nothing any more: so they are looked at before.
public final class GivenEnrolment {
  private static final String MAKE =
      "make the three again (cert-to-efi-sig-list, sign-efi-sig-list), or remove PK.auth, KEK.auth"
          + " and db.auth, and they are made";

  private GivenEnrolment() {}

  /// @throws IllegalArgumentException naming the file at fault, with what to do
  public static void require(EnrolmentFiles<byte[]> files, SigningCertificate certificate) {
    Update pk = Update.of(EnrolmentFiles.PK, files.pk(), SecureBootVariable.PK);
    if (!pk.vouchesFor(pk.signer())) {
      throw failure(
          EnrolmentFiles.PK, "not signed by the key that it brings, and firmware takes no other");
    }
    Update.of(EnrolmentFiles.KEK, files.kek(), SecureBootVariable.KEK);
    Update db = Update.of(EnrolmentFiles.DB, files.db(), SecureBootVariable.DB);
    if (!db.vouchesFor(certificate.x509())) {
      throw failure(
          EnrolmentFiles.DB,
          "the certificate %s, by which assets are signed, is not in it, so that no machine would start them"
              .formatted(certificate.id()));
    }
  }

  private static IllegalArgumentException failure(String name, String reason) {
    return new IllegalArgumentException("%s: %s: %s".formatted(name, reason, MAKE));
  }

  /// A file that is what its name says.
  private record Update(SecureBootVariable variable, VariableFile file, X509Certificate signer) {
    static Update of(String name, byte[] bytes, SecureBootVariable variable) {
      try {
        VariableFile file = VariableFile.read(bytes);
        UpdateSignature signature = UpdateSignature.read(file.signature());
        Optional<X509Certificate> signer = signature.signer(file.signed(variable));
        if (signer.isEmpty()) {
          throw failure(name, wrong(file, signature, variable));
        }
        if (file.certificates().isEmpty()) {
          throw failure(name, "no certificate is in it");
        }
        return new Update(variable, file, signer.get());
      } catch (MalformedException | SigningException e) {
        throw failure(name, "not the signed update of a variable (" + e.getMessage() + ")");
      }
    }

    private static String wrong(
        VariableFile file, UpdateSignature signature, SecureBootVariable wanted)
        throws SigningException {
      for (SecureBootVariable other : SecureBootVariable.values()) {
        if (signature.signer(file.signed(other)).isPresent()) {
          return "it is the update of %s, not of %s".formatted(other, wanted);
        }
      }
      return "its signature is not of this content as the value of %s".formatted(wanted);
    }

    /// Whether it brings this certificate, or the one that signed it.
    boolean vouchesFor(X509Certificate certificate) {
      try {
        byte[] der = certificate.getEncoded();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (byte[] each : file.certificates()) {
          if (Arrays.equals(each, der)
              || isBy(certificate, factory.generateCertificate(new ByteArrayInputStream(each)))) {
            return true;
          }
        }
        return false;
      } catch (CertificateException e) {
        throw failure(variable.toString() + ".auth", "a certificate in it cannot be read");
      }
    }

    private static boolean isBy(X509Certificate certificate, Certificate issuer) {
      try {
        certificate.verify(issuer.getPublicKey());
        return true;
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }
}
