package imageservice.builder.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One request to a registry or its token server. Follows redirects itself, so that credentials
/// never leave the host they are for, and no host is asked that the operator does not allow. Does
/// not retry.
final class RegistryHttp {
  /// @param subject what failures are reported for
  /// @param form to post; nothing for a request without a body
  /// @param deadline after which nobody waits for the answer's last byte
  record Call(
      String subject,
      String method,
      URI uri,
      Map<String, String> headers,
      @Nullable String form,
      Deadline deadline) {
    Call {
      headers = Map.copyOf(headers);
    }

    static Call get(String subject, URI uri, Map<String, String> headers, Deadline deadline) {
      return new Call(subject, "GET", uri, headers, null, deadline);
    }

    private Call to(URI next) {
      return new Call(subject, method, next, headers, form, deadline);
    }
  }

  private static final int MAX_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /// What a port for TLS answers to plain HTTP, where it answers.
  private static final int BAD_REQUEST = 400;

  private static final Duration UNTIL_HEADERS = Duration.ofSeconds(60);
  private static final Duration PROBE = Duration.ofSeconds(5);

  private final RegistryAccess access;
  private final HttpClient client;
  private final Patience patience;
  private final RegistryFailures failures;

  /// @param client which does not follow redirects
  RegistryHttp(RegistryAccess access, HttpClient client, Patience patience, InstantSource clock) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("a client that follows redirects itself");
    }
    this.access = access;
    this.client = client;
    this.patience = patience;
    this.failures = new RegistryFailures(access, clock);
  }

  RegistryFailures failures() {
    return failures;
  }

  /// The answer after redirects, whatever its status; the caller closes its body. A form is sent to
  /// its address alone: it holds a secret.
  HttpResponse<InputStream> send(Call call, @Nullable String authorization) throws IOException {
    Call current = call;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      boolean home = Origin.of(call.uri()).equals(Origin.of(current.uri()));
      HttpResponse<InputStream> response = once(current, home ? authorization : null);
      if (!REDIRECTS.contains(response.statusCode()) || call.form() != null) {
        return response;
      }
      response.body().close();
      String location = response.headers().firstValue("Location").orElse("");
      current =
          current.to(
              access.follow(
                  call.subject(), current.uri(), location, "a redirect that cannot be followed: "));
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
    throw failures.of(call.subject(), response);
  }

  /// Reads an answer whole, up to a limit in bytes.
  byte[] read(Call call, HttpResponse<InputStream> response, int limit) throws IOException {
    try (InputStream in = response.body()) {
      return Capped.read(call.subject(), in, limit);
    } catch (SourceException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw failures.unreachable(call.subject(), e);
    }
  }

  private HttpResponse<InputStream> once(Call call, @Nullable String authorization)
      throws IOException {
    Duration left = call.deadline().left();
    if (!left.isPositive()) {
      throw failures.unreachable(call.subject(), new IOException(call.deadline().toString()));
    }
    Duration patient = left.compareTo(UNTIL_HEADERS) < 0 ? left : UNTIL_HEADERS;
    try {
      return exchange(request(call, authorization).timeout(patient).build(), call.deadline());
    } catch (InterruptedIOException e) {
      throw e;
    } catch (SSLException | HttpConnectTimeoutException e) {
      throw speaksPlainHttp(call)
          ? failures.plainHttp(call.subject())
          : failures.unreachable(call.subject(), e);
    } catch (IOException e) {
      throw failures.unreachable(call.subject(), e);
    }
  }

  private static HttpRequest.Builder request(Call call, @Nullable String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .method(call.method(), body(call))
            .header("User-Agent", "image-service");
    call.headers().forEach(request::header);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  private static HttpRequest.BodyPublisher body(Call call) {
    return call.form() == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(call.form());
  }

  private HttpResponse<InputStream> exchange(HttpRequest request, Deadline deadline)
      throws IOException {
    try {
      return client.send(request, ignored -> new RegistryBody(patience, deadline));
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    }
  }

  /// Whether the registry answers plain HTTP on the port where TLS was tried: some servers answer a
  /// TLS greeting in plain text, others wait for more of it. The question has no credential.
  private boolean speaksPlainHttp(Call call) throws IOException {
    Origin origin = Origin.of(call.uri());
    if (!origin.isTls() || !origin.equals(Origin.of(access.prefix().root()))) {
      return false;
    }
    URI plain = URI.create("http://%s:%d/v2/".formatted(origin.host(), origin.port()));
    HttpRequest probe = HttpRequest.newBuilder(plain).timeout(PROBE).build();
    try {
      HttpResponse<InputStream> answer = exchange(probe, call.deadline());
      answer.body().close();
      return answer.statusCode() != BAD_REQUEST;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }
}
