package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads trusted roots: protobuf-specs of sigstore, `sigstore_trustroot.proto`, as JSON.
final class TrustedRootJson {
  private static final String MEDIA_TYPE =
      "application/vnd.dev.sigstore.trustedroot+json;version=0.1";
  private static final int MOST = 100;

  private TrustedRootJson() {}

  static TrustedRoot read(JsonFields root, Digest digest)
      throws MalformedJsonException, UntrustedException {
    if (!root.line("mediaType").equals(MEDIA_TYPE)) {
      throw new MalformedJsonException("mediaType is not " + MEDIA_TYPE);
    }
    return new TrustedRoot(
        logs(root, "tlogs"),
        logs(root, "ctlogs"),
        authorities(root, "certificateAuthorities"),
        authorities(root, "timestampAuthorities"),
        digest);
  }

  private static List<TransparencyLog> logs(JsonFields root, String name)
      throws MalformedJsonException, UntrustedException {
    List<TransparencyLog> logs = new ArrayList<>();
    for (JsonFields log : few(root.optionalObjects(name), name)) {
      JsonFields key = log.object("publicKey");
      logs.add(
          new TransparencyLog(
              host(log.optionalLine("baseUrl")),
              Bytes.ofBase64(log.object("logId").line("keyId"), "keyId"),
              Keys.of(Bytes.ofBase64(key.line("rawBytes"), "rawBytes")),
              period(key.object("validFor"))));
    }
    return logs;
  }

  private static String host(Optional<String> url) throws MalformedJsonException {
    try {
      return url.map(text -> Optional.ofNullable(URI.create(text).getHost()).orElse("")).orElse("");
    } catch (IllegalArgumentException e) {
      throw new MalformedJsonException("baseUrl is not an address");
    }
  }

  private static List<Authority> authorities(JsonFields root, String name)
      throws MalformedJsonException, UntrustedException {
    List<Authority> authorities = new ArrayList<>();
    for (JsonFields authority : few(root.optionalObjects(name), name)) {
      List<Certificate> chain = new ArrayList<>();
      for (JsonFields certificate :
          few(authority.object("certChain").objects("certificates"), "certificates")) {
        chain.add(Certificate.of(Bytes.ofBase64(certificate.line("rawBytes"), "rawBytes")));
      }
      if (chain.isEmpty()) {
        throw new MalformedJsonException("certificates is empty");
      }
      authorities.add(new Authority(chain, period(authority.object("validFor"))));
    }
    return authorities;
  }

  private static Period period(JsonFields fields) throws MalformedJsonException {
    Optional<String> end = fields.optionalLine("end");
    return new Period(
        instant(fields.line("start")), end.isPresent() ? instant(end.get()) : Instant.MAX);
  }

  private static Instant instant(String text) throws MalformedJsonException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedJsonException("a time that is none in validFor");
    }
  }

  private static List<JsonFields> few(List<JsonFields> objects, String name)
      throws MalformedJsonException {
    if (objects.size() > MOST) {
      throw new MalformedJsonException("more than %d %s".formatted(MOST, name));
    }
    return objects;
  }
}
