package imageservice.infra.preflight;

import imageservice.infra.BootKeys;
import imageservice.infra.Settings;
import imageservice.infra.preflight.Finding.Missing;
import imageservice.infra.preflight.Finding.Note;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at the keys of KMS that settings name.
///
/// @param found public halves in base64 of DER, by the setting that names the key
record PublicKeys(Map<String, Fact<String>> found) {
  private static final String NO_KEY =
      "%s names no RSA key of KMS that signs; make one with: aws kms create-key --key-spec %s"
          + " --key-usage SIGN_VERIFY";

  void look(Optional<Settings> settings, List<Finding> findings) {
    look(Preflight.SIGNING, "RSA_3072", Settings.Signing.PUBLIC_KEY, findings);
    look(Preflight.PCR, "RSA_2048", BootKeys.PCR_PUBLIC_KEY, findings);
    Fact<String> boot = found.get(Preflight.BOOT);
    if (boot != null) {
      settings.flatMap(Settings::bootKeys).ifPresent(keys -> certificate(boot, keys, findings));
    }
  }

  private void look(String key, String spec, String publicKey, List<Finding> findings) {
    switch (found.get(key)) {
      case null -> {}
      case Fact.Known<String> _ -> {}
      case Fact.Absent<String> _ -> findings.add(new Missing(NO_KEY.formatted(key, spec)));
      case Fact.Unreadable<String>(String why) ->
          findings.add(
              new Missing(
                  "the public half of %s cannot be read; allow kms:GetPublicKey, or give %s: %s"
                      .formatted(key, publicKey, why)));
    }
  }

  /// A certificate of another key would stop every build for secure boot.
  private static void certificate(Fact<String> boot, BootKeys keys, List<Finding> findings) {
    switch (boot) {
      case Fact.Known<String>(String key) ->
          keyOf(keys.certificate())
              .ifPresentOrElse(
                  own -> {
                    if (!own.equals(key)) {
                      findings.add(
                          new Missing(
                              "secureBootCertificate is of another key than secureBootKey; make"
                                  + " one with: image-service make-certificate --key %s --out FILE"
                                      .formatted(keys.key())));
                    }
                  },
                  () ->
                      findings.add(
                          new Missing(
                              "secureBootCertificate is no certificate: write it with: openssl x509"
                                  + " -in FILE -outform DER | base64 -w0")));
      case Fact.Absent<String> _ ->
          findings.add(new Missing(NO_KEY.formatted(Preflight.BOOT, "RSA_4096")));
      case Fact.Unreadable<String>(String why) ->
          findings.add(
              new Note(
                  "whether secureBootCertificate is of secureBootKey is unknown; allow"
                      + " kms:GetPublicKey to have it checked: "
                      + why));
    }
  }

  private static Optional<String> keyOf(String certificate) {
    try {
      byte[] der = Base64.getDecoder().decode(certificate);
      byte[] key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der))
              .getPublicKey()
              .getEncoded();
      return Optional.of(Base64.getEncoder().encodeToString(key));
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
