package imageservice.builder.trust;

import imageservice.text.Shown;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who a certificate was issued to, as Fulcio writes it: the provider that vouches for a person or
/// program, and its name there.
///
/// @param subject an address of e-mail or a URI
record Identity(String issuer, String subject) {
  private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";
  private static final String OLD_ISSUER = "1.3.6.1.4.1.57264.1.1";

  /// Types of alternative names: RFC 5280, section 4.2.1.6.
  private static final int EMAIL = 1;

  private static final int URI = 6;

  private static final int MOST_CHARACTERS = 1_000;

  /// Controls, marks of direction and line separators, at some of which expressions see an end.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  Identity {
    if (issuer.isEmpty() || subject.isEmpty()) {
      throw new IllegalArgumentException("an identity without issuer or subject");
    }
  }

  static Identity of(Certificate leaf) throws UntrustedException {
    return new Identity(
        plain(issuer(leaf.x509()), "issuer"), plain(subject(leaf.x509()), "subject"));
  }

  private static String subject(X509Certificate leaf) throws UntrustedException {
    Collection<List<?>> names;
    try {
      names = leaf.getSubjectAlternativeNames();
    } catch (CertificateException e) {
      throw new UntrustedException("a damaged certificate");
    }
    if (names == null || names.size() != 1) {
      throw new UntrustedException("the certificate has not one subject");
    }
    List<?> name = names.iterator().next();
    if ((name.get(0).equals(EMAIL) || name.get(0).equals(URI))
        && name.get(1) instanceof String subject) {
      return subject;
    }
    throw new UntrustedException("the certificate's subject is neither e-mail nor URI");
  }

  /// Older certificates have the issuer in one extension, newer ones in two.
  private static String issuer(X509Certificate leaf) throws UntrustedException {
    Bytes current = extension(leaf, ISSUER);
    Bytes old = extension(leaf, OLD_ISSUER);
    if (current == null && old == null) {
      throw new UntrustedException("the certificate names no issuer");
    }
    if (current == null) {
      return Objects.requireNonNull(old).utf8("issuer");
    }
    String issuer = Der.only(current).require(Der.UTF8_STRING).content().utf8("issuer");
    if (old != null && !old.utf8("issuer").equals(issuer)) {
      throw new UntrustedException("the certificate names two issuers");
    }
    return issuer;
  }

  private static @Nullable Bytes extension(X509Certificate leaf, String oid)
      throws UntrustedException {
    byte[] value = leaf.getExtensionValue(oid);
    return value == null ? null : Der.only(Bytes.of(value)).require(Der.OCTET_STRING).content();
  }

  private static String plain(String text, String what) throws UntrustedException {
    if (text.isEmpty() || text.length() > MOST_CHARACTERS || UNPRINTABLE.matcher(text).find()) {
      throw new UntrustedException(
          "the certificate's %s is empty, too long or has control characters".formatted(what));
    }
    return text;
  }

  @Override
  public String toString() {
    return "%s by %s".formatted(Shown.of(subject, 100), Shown.of(issuer, 100));
  }
}
