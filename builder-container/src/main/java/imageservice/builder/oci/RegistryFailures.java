package imageservice.builder.oci;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a registry's answers mean that are not a success, and what to do about them.
final class RegistryFailures {
  private static final Set<Integer> TRANSIENT = Set.of(408, 429);

  private final RegistryAccess access;
  private final InstantSource clock;

  RegistryFailures(RegistryAccess access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  /// No answer, or none that is whole.
  SourceException.Unavailable unreachable(String subject, IOException cause) {
    String why = cause.getMessage() == null ? "no connection" : cause.getMessage();
    return new SourceException.Unavailable(
        subject, "no answer from %s (%s)".formatted(access.prefix(), why), null, cause);
  }

  SourceException.NotAllowed plainHttp(String subject) {
    return new SourceException.NotAllowed(
        subject,
        access.prefix().authority() + " speaks plain HTTP, not TLS",
        "to use it all the same, give the source as http://" + access.prefix());
  }

  SourceException.Denied denied(String subject, String problem) {
    return new SourceException.Denied(
        subject, problem, access.credential().remedy(access.prefix().authority()));
  }

  /// What a status means.
  SourceException of(String subject, HttpResponse<?> response) {
    int status = response.statusCode();
    String answered = access.prefix() + " answered " + status;
    if (status == 404) {
      return new SourceException.NotFound(
          subject, "not in " + answered, "check the version, the digest and the source prefix");
    }
    if (status == 401 || status == 403) {
      return denied(subject, answered);
    }
    if (status >= 500 || TRANSIENT.contains(status)) {
      return unavailable(subject, answered, retryAfter(response));
    }
    return new SourceException.Malformed(subject, "unexpected: " + answered, null);
  }

  private static SourceException unavailable(
      String subject, String answered, @Nullable Duration wait) {
    String problem =
        wait == null ? answered : "%s and asks to wait %d s".formatted(answered, wait.toSeconds());
    return new SourceException.Unavailable(subject, problem, wait, null);
  }

  /// RFC 9110, section 10.2.3: seconds, or a date.
  private @Nullable Duration retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
