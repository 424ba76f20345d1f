package imageservice.local;

import imageservice.release.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of a certificate with its chain and of its private key.
record TlsFiles(Path certificate, Path key) {
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]+-----END (?:X509 |TRUSTED )?CERTIFICATE-----");

  /// What each kind of key signs with.
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /// What the files say.
  ///
  /// @param store with the key and the chain, under an empty password
  /// @param own the service's certificate
  /// @param content digest of both files
  record Identity(KeyStore store, X509Certificate own, Digest content) {}

  /// Reads both files.
  ///
  /// @throws CommandException where they are no certificate with its key, with what to do
  Identity read() throws CommandException {
    String chain = text(TlsOptions.CERTIFICATE, certificate);
    String secret = text(TlsOptions.KEY, key);
    List<X509Certificate> certificates = certificates(chain);
    PrivateKey parsed = key(secret);
    requireFit(certificates.getFirst(), parsed);
    return new Identity(
        store(certificates, parsed), certificates.getFirst(), content(chain, secret));
  }

  /// A digest of what is in both files, to see whether they have changed.
  Digest content() throws CommandException {
    return content(text(TlsOptions.CERTIFICATE, certificate), text(TlsOptions.KEY, key));
  }

  private static Digest content(String chain, String secret) {
    return Digest.of((chain + "\0" + secret).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(String option, Path file) throws CommandException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CommandException("%s %s: %s".formatted(option, file, Reason.of(e)));
    }
  }

  private List<X509Certificate> certificates(String text) throws CommandException {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher matcher = CERTIFICATE.matcher(text);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (matcher.find()) {
        byte[] pem = matcher.group().getBytes(StandardCharsets.ISO_8859_1);
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem)));
      }
    } catch (CertificateException e) {
      throw ofCertificate("certificate %d is damaged".formatted(certificates.size() + 1));
    }
    if (certificates.isEmpty()) {
      throw ofCertificate("there is no certificate in PEM in it (BEGIN CERTIFICATE)");
    }
    return certificates;
  }

  private PrivateKey key(String text) throws CommandException {
    try {
      return TlsKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException("%s %s: %s".formatted(TlsOptions.KEY, key, e.getMessage()));
    }
  }

  private void requireFit(X509Certificate own, PrivateKey secret) throws CommandException {
    byte[] probe = {1};
    boolean fits = own.getPublicKey().getAlgorithm().equals(secret.getAlgorithm());
    try {
      if (fits) {
        Signature signature =
            Signature.getInstance(SIGNATURES.getOrDefault(secret.getAlgorithm(), "none"));
        signature.initSign(secret);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(own.getPublicKey());
        signature.update(probe);
        fits = signature.verify(signed);
      }
    } catch (GeneralSecurityException e) {
      fits = false;
    }
    if (!fits) {
      throw new CommandException(
          "%s %s: it is not the key of the first certificate in %s (%s); the service's own comes first, its issuers' behind it"
              .formatted(TlsOptions.KEY, key, certificate, own.getSubjectX500Principal()));
    }
  }

  private KeyStore store(List<X509Certificate> certificates, PrivateKey secret)
      throws CommandException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, new char[0]);
      store.setKeyEntry("tls", secret, new char[0], certificates.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw ofCertificate(
          "its certificates are no chain; the service's own comes first, then each one's issuer");
    }
  }

  private CommandException ofCertificate(String reason) {
    return new CommandException("%s %s: %s".formatted(TlsOptions.CERTIFICATE, certificate, reason));
  }
}
