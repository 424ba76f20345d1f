package imageservice.builder.oci;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request to a registry or its token server and what its answer means. Follows redirects
/// itself, so that credentials never leave the host they are for. Does not retry.
final class RegistryHttp {
  /// @param subject what failures are reported for
  record Call(String subject, String method, URI uri, Map<String, String> headers) {
    Call {
      headers = Map.copyOf(headers);
    }

    private Call to(URI next) {
      return new Call(subject, method, next, headers);
    }
  }

  private static final int MAX_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TRANSIENT = Set.of(408, 429);
  private static final Duration UNTIL_HEADERS = Duration.ofSeconds(60);

  private final RegistryPrefix prefix;
  private final HttpClient client;
  private final InstantSource clock;
  private final Duration patience;

  /// @param client which does not follow redirects
  /// @param patience how long a body may deliver nothing
  RegistryHttp(RegistryPrefix prefix, HttpClient client, InstantSource clock, Duration patience) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("a client that follows redirects itself");
    }
    this.prefix = prefix;
    this.client = client;
    this.clock = clock;
    this.patience = patience;
  }

  /// The answer after redirects, whatever its status; the caller closes its body.
  HttpResponse<InputStream> send(Call call, @Nullable String authorization) throws IOException {
    Call current = call;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      boolean home = sameOrigin(call.uri(), current.uri());
      HttpResponse<InputStream> response = once(current, home ? authorization : null);
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      response.body().close();
      current = current.to(target(current, response));
    }
    throw new SourceException.Malformed(
        call.subject(), "more than " + MAX_REDIRECTS + " redirects", null);
  }

  /// The response where its status is a success; throws the failure that the status means
  /// otherwise.
  HttpResponse<InputStream> require(Call call, HttpResponse<InputStream> response)
      throws IOException {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return response;
    }
    response.body().close();
    throw failure(call.subject(), response);
  }

  static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private HttpResponse<InputStream> once(Call call, @Nullable String authorization)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .method(call.method(), HttpRequest.BodyPublishers.noBody())
            .timeout(UNTIL_HEADERS)
            .header("User-Agent", "image-service");
    call.headers().forEach(request::header);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return client.send(request.build(), ignored -> new RegistryBody(patience));
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    } catch (IOException e) {
      throw unreachable(call.subject(), e);
    }
  }

  SourceException.Unavailable unreachable(String subject, IOException cause) {
    return new SourceException.Unavailable(
        subject, "no answer from " + prefix + " (" + cause + ")", null, cause);
  }

  private URI target(Call call, HttpResponse<InputStream> response)
      throws SourceException.Malformed {
    String location = response.headers().firstValue("Location").orElse("");
    return resolve(call.uri(), location)
        .orElseThrow(() ->
            new SourceException.Malformed(
                call.subject(), "a redirect that cannot be followed", null));
  }

  /// The address that a reference means, relative to `base`; nothing where it is no reference or
  /// must not be followed.
  Optional<URI> resolve(URI base, String reference) {
    try {
      return Optional.of(base.resolve(reference)).filter(prefix::allows);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private SourceException failure(String subject, HttpResponse<InputStream> response) {
    int status = response.statusCode();
    String answered = prefix + " answered " + status;
    if (status == 404) {
      return new SourceException.NotFound(
          subject, "not in " + answered, "check the version, the digest and the source prefix");
    }
    if (status == 401 || status == 403) {
      return new SourceException.Denied(subject, answered);
    }
    if (status >= 500 || TRANSIENT.contains(status)) {
      return new SourceException.Unavailable(subject, answered, retryAfter(response), null);
    }
    return new SourceException.Malformed(subject, "unexpected: " + answered, null);
  }

  /// RFC 9110, section 10.2.3: seconds, or a date.
  private @Nullable Duration retryAfter(HttpResponse<InputStream> response) {
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
