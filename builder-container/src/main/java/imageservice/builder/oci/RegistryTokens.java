package imageservice.builder.oci;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What to send as `Authorization`, per repository: answers a registry's challenge and keeps the
/// answer until it expires (distribution, token authentication specification).
final class RegistryTokens {
  private record Held(String authorization, Instant until) {}

  private static final int LIMIT = 64 << 10;
  private static final long DEFAULT_SECONDS = 60;
  private static final long MAX_SECONDS = 24 * 3600;
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private final RegistryHttp http;
  private final Optional<Credential> credential;
  private final InstantSource clock;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  RegistryTokens(RegistryHttp http, Optional<Credential> credential, InstantSource clock) {
    this.http = http;
    this.credential = credential;
    this.clock = clock;
  }

  /// The value that the registry accepted last, where it has not expired.
  @Nullable String known(String repository) {
    Held known = held.get(repository);
    return known != null && clock.instant().isBefore(known.until()) ? known.authorization() : null;
  }

  /// Answers a challenge to `call`; nothing where it is not one we can answer.
  @Nullable String answer(
      RegistryHttp.Call call, String repository, String path, List<String> challenges)
      throws IOException {
    Optional<Challenge> challenge = Challenge.choose(challenges);
    if (challenge.isEmpty()) {
      return null;
    }
    Held fresh =
        challenge.get().scheme().equals("bearer")
            ? token(call, path, challenge.get())
            : credential.map(known -> new Held(known.basic(), Instant.MAX)).orElse(null);
    if (fresh == null) {
      return null;
    }
    held.put(repository, fresh);
    return fresh.authorization();
  }

  private Held token(RegistryHttp.Call call, String path, Challenge challenge) throws IOException {
    String subject = "token for " + call.subject();
    RegistryHttp.Call request =
        new RegistryHttp.Call(subject, "GET", uri(subject, call.uri(), path, challenge), Map.of());
    String authorization = credential.map(Credential::basic).orElse(null);
    try (InputStream body =
        http.require(request, refused(subject, http.send(request, authorization))).body()) {
      return read(JsonFields.foreign(Capped.read(subject, body, LIMIT)));
    } catch (MalformedJsonException e) {
      throw new SourceException.Malformed(subject, e);
    } catch (SourceException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw http.unreachable(subject, e);
    }
  }

  /// A token server says 404 and 400 where it means no.
  private static HttpResponse<InputStream> refused(
      String subject, HttpResponse<InputStream> response) throws IOException {
    if (response.statusCode() == 404 || response.statusCode() == 400) {
      response.body().close();
      throw new SourceException.Denied(
          subject, "the token server answered " + response.statusCode());
    }
    return response;
  }

  private URI uri(String subject, URI registry, String path, Challenge challenge)
      throws SourceException.Malformed {
    Map<String, String> parameters = challenge.parameters();
    String scope = parameters.getOrDefault("scope", "repository:" + path + ":pull");
    String service = parameters.get("service");
    String query =
        (service == null ? "" : "service=" + encoded(service) + "&") + "scope=" + encoded(scope);
    String realm = parameters.getOrDefault("realm", "");
    return http.resolve(registry, realm + (realm.contains("?") ? "&" : "?") + query)
        .filter(uri -> !realm.isEmpty())
        .orElseThrow(() ->
            new SourceException.Malformed(
                subject, "a token server that must not be asked: " + realm, null));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Held read(JsonFields answer) throws MalformedJsonException {
    Optional<String> token = answer.optionalLine("token");
    String text = token.isPresent() ? token.get() : answer.line("access_token");
    if (!TOKEN.matcher(text).matches()) {
      throw new MalformedJsonException("a token that is not one word");
    }
    long expires = answer.optionalNumber("expires_in").orElse(DEFAULT_SECONDS);
    long seconds = Math.clamp(expires, 0, MAX_SECONDS);
    return new Held("Bearer " + text, clock.instant().plusSeconds(seconds).minus(MARGIN));
  }
}
