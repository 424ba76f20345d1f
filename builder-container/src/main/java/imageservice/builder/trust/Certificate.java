package imageservice.builder.trust;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/// A certificate with its bytes (RFC 5280).
record Certificate(X509Certificate x509, Bytes der) {
  static final int MOST_BYTES = 16 << 10;

  static Certificate of(Bytes der) throws UntrustedException {
    if (der.length() > MOST_BYTES) {
      throw new UntrustedException("a certificate of %d bytes".formatted(der.length()));
    }
    Der.only(der).require(Der.SEQUENCE);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate x509 =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.array()));
      return new Certificate(x509, der);
    } catch (CertificateException e) {
      throw new UntrustedException("a damaged certificate");
    }
  }

  static Certificate ofPem(String pem) throws UntrustedException {
    return of(Pem.only(pem, "CERTIFICATE"));
  }

  PublicKey key() {
    return x509.getPublicKey();
  }

  Period lifetime() {
    return new Period(x509.getNotBefore().toInstant(), x509.getNotAfter().toInstant());
  }

  @Override
  public String toString() {
    return der.toString();
  }
}
