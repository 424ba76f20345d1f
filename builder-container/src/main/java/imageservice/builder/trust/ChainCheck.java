package imageservice.builder.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// Whether a certificate was issued by an authority of the trusted root (RFC 5280, section 6). Its
/// own beginning is the time that counts: the present says nothing of it.
final class ChainCheck {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  private ChainCheck() {}

  /// The certificate of whoever issued the leaf.
  static Certificate issuer(Certificate leaf, TrustedRoot root) throws UntrustedException {
    requireForSigning(leaf.x509());
    Instant time = leaf.lifetime().start();
    for (Authority authority : root.authorities(time)) {
      if (leads(leaf, authority.chain(), time)) {
        return authority.chain().getFirst();
      }
    }
    throw new UntrustedException("no authority of the trusted root issued the certificate");
  }

  private static void requireForSigning(X509Certificate leaf) throws UntrustedException {
    if (leaf.getBasicConstraints() != -1) {
      throw new UntrustedException("the certificate is an authority's");
    }
    if (!uses(leaf).contains(CODE_SIGNING)) {
      throw new UntrustedException("the certificate is not for code signing");
    }
  }

  /// Extended key usages.
  static List<String> uses(X509Certificate certificate) throws UntrustedException {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return uses == null ? List.of() : uses;
    } catch (CertificateException e) {
      throw new UntrustedException("a damaged certificate");
    }
  }

  /// Whether each certificate is issued by the next one, up to the last, at this time.
  static boolean leads(Certificate leaf, List<Certificate> chain, Instant time) {
    List<X509Certificate> path = new ArrayList<>(List.of(leaf.x509()));
    chain.subList(0, chain.size() - 1).forEach(certificate -> path.add(certificate.x509()));
    X509Certificate anchor = chain.getLast().x509();
    try {
      anchor.checkValidity(Date.from(time));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(path),
              parameters(anchor, time));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PKIXParameters parameters(X509Certificate anchor, Instant time)
      throws InvalidAlgorithmParameterException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(time));
    return parameters;
  }
}
