package imageservice.builder.trust;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import imageservice.release.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/// Keys and certificates that signatures are verified with: sigstore's trusted root, version 0.1.
/// What has ended stays, for signatures of its time.
public final class TrustedRoot {
  /// A document of more bytes is none.
  public static final int LIMIT = 1 << 20;

  private static final String SHIPPED = "trusted_root.json";

  private final List<TransparencyLog> logs;
  private final List<TransparencyLog> certificateLogs;
  private final List<Authority> authorities;
  private final List<Authority> timestampAuthorities;
  private final Digest digest;

  TrustedRoot(
      List<TransparencyLog> logs,
      List<TransparencyLog> certificateLogs,
      List<Authority> authorities,
      List<Authority> timestampAuthorities,
      Digest digest) {
    this.logs = List.copyOf(logs);
    this.certificateLogs = List.copyOf(certificateLogs);
    this.authorities = List.copyOf(authorities);
    this.timestampAuthorities = List.copyOf(timestampAuthorities);
    this.digest = digest;
  }

  /// That of sigstore's public instance, as it was when this was built.
  public static TrustedRoot shipped() {
    try (InputStream in = TrustedRoot.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException("built without " + SHIPPED);
      }
      return parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IllegalArgumentException where the document is none, with what is wrong
  public static TrustedRoot parse(byte[] json) {
    if (json.length > LIMIT) {
      throw new IllegalArgumentException("a trusted root of more than %d bytes".formatted(LIMIT));
    }
    try {
      return TrustedRootJson.read(JsonFields.foreign(json), Digest.of(json));
    } catch (MalformedJsonException | UntrustedException e) {
      throw new IllegalArgumentException("not a trusted root of sigstore's: " + e.getMessage(), e);
    }
  }

  /// Of the document.
  public Digest digest() {
    return digest;
  }

  /// The logs of signatures with this id at this time.
  List<TransparencyLog> logs(Bytes id, Instant time) {
    return of(logs, id, time);
  }

  /// The logs of certificates with this id at this time.
  List<TransparencyLog> certificateLogs(Bytes id, Instant time) {
    return of(certificateLogs, id, time);
  }

  private static List<TransparencyLog> of(List<TransparencyLog> logs, Bytes id, Instant time) {
    return logs.stream().filter(log -> log.id().equals(id) && log.valid().contains(time)).toList();
  }

  /// Who issued certificates at this time.
  List<Authority> authorities(Instant time) {
    return of(authorities, time);
  }

  /// Who issued timestamps at this time.
  List<Authority> timestampAuthorities(Instant time) {
    return of(timestampAuthorities, time);
  }

  private static List<Authority> of(List<Authority> authorities, Instant time) {
    return authorities.stream().filter(authority -> authority.valid().contains(time)).toList();
  }
}
