package imageservice.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.regex.Pattern;

/// The certificate authorities that functions trust: those that certify AWS's services, which are
/// all that functions call. Reading a machine's whole list takes a tenth of a start, and what a
/// packaging machine trusts besides is no business of the functions.
final class TrustedRoots {
  /// Amazon Trust Services, "Certificate Authorities", and that of the partitions outside of it.
  private static final Pattern OF_AWS =
      Pattern.compile(
          "(^|.*, ?)O=\"?(Amazon|Starfield Technologies, Inc\\.|DigiCert Inc)\"?(,.*|$)");

  private static final char[] PASSWORD = "changeit".toCharArray();

  private TrustedRoots() {}

  /// Leaves no others in a store of the JDK's, which must have some of Amazon's.
  static void keep(Path store) throws IOException {
    try {
      KeyStore roots = read(store);
      int amazon = 0;
      for (String alias : Collections.list(roots.aliases())) {
        String subject = subject(roots, alias);
        amazon += subject.contains("O=Amazon") ? 1 : 0;
        if (!OF_AWS.matcher(subject).matches()) {
          roots.deleteEntry(alias);
        }
      }
      if (amazon == 0) {
        throw new IOException("this machine's JDK trusts no authority of Amazon's: " + store);
      }
      try (OutputStream out = Files.newOutputStream(store)) {
        roots.store(out, PASSWORD);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(store.toString(), e);
    }
  }

  private static KeyStore read(Path store) throws IOException, GeneralSecurityException {
    KeyStore roots = KeyStore.getInstance("JKS");
    try (InputStream in = Files.newInputStream(store)) {
      roots.load(in, PASSWORD);
    }
    return roots;
  }

  private static String subject(KeyStore roots, String alias) throws GeneralSecurityException {
    return roots.getCertificate(alias) instanceof X509Certificate certificate
        ? certificate.getSubjectX500Principal().getName("RFC1779")
        : "";
  }
}
