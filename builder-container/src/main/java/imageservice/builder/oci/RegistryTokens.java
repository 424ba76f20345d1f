package imageservice.builder.oci;

import imageservice.json.JsonFields;
import imageservice.json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
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
  private static final String NO_SERVER = "a token server that must not be asked: ";

  private final RegistryAccess access;
  private final RegistryHttp http;
  private final InstantSource clock;
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  RegistryTokens(RegistryAccess access, RegistryHttp http, InstantSource clock) {
    this.access = access;
    this.http = http;
    this.clock = clock;
  }

  /// Sends a request with the authorization that the registry accepted last, and answers a
  /// challenge once.
  HttpResponse<InputStream> send(RegistryHttp.Call call, String repository) throws IOException {
    HttpResponse<InputStream> response = http.send(call, known(repository));
    boolean challenged =
        response.statusCode() == 401 && Origin.of(call.uri()).equals(Origin.of(response.uri()));
    if (!challenged) {
      return response;
    }
    response.body().close();
    List<String> challenges = response.headers().allValues("WWW-Authenticate");
    String authorization = answer(call, repository, challenges);
    return authorization == null ? response : http.send(call, authorization);
  }

  /// The value that the registry accepted last, where it has not expired.
  private @Nullable String known(String repository) {
    Held known = held.get(repository);
    return known != null && clock.instant().isBefore(known.until()) ? known.authorization() : null;
  }

  /// Answers a challenge to `call`; nothing where it is not one we can answer.
  private @Nullable String answer(
      RegistryHttp.Call call, String repository, List<String> challenges) throws IOException {
    Optional<Challenge> challenge = Challenge.choose(challenges);
    if (challenge.isEmpty()) {
      return null;
    }
    if (challenge.get().scheme().equals("bearer")) {
      return hold(repository, token(call, repository, challenge.get()));
    }
    String basic = basic();
    return basic == null ? null : hold(repository, new Held(basic, Instant.MAX));
  }

  private String hold(String repository, Held fresh) {
    held.put(repository, fresh);
    return fresh.authorization();
  }

  private @Nullable String basic() {
    return access.credential() instanceof Credential.Password password ? password.basic() : null;
  }

  private Held token(RegistryHttp.Call call, String repository, Challenge challenge)
      throws IOException {
    String subject = "token for " + call.subject();
    String scope = "repository:%s%s:pull".formatted(access.prefix().namespace(), repository);
    RegistryHttp.Call request =
        switch (access.credential()) {
          case Credential.IdentityToken(String secret) ->
              post(subject, call, challenge, parameters(challenge, scope), secret);
          case Credential.Anonymous ignored -> get(subject, call, challenge, scope);
          case Credential.Password ignored -> get(subject, call, challenge, scope);
          case Credential.Kept ignored -> get(subject, call, challenge, scope);
        };
    HttpResponse<InputStream> response =
        http.require(request, granted(subject, http.send(request, basic())));
    try {
      return read(JsonFields.foreign(http.read(request, response, LIMIT)));
    } catch (MalformedJsonException e) {
      // the exception may quote a token, so it is no cause of this one
      throw new SourceException.Malformed(subject, "the token server's answer is no token", null);
    }
  }

  private RegistryHttp.Call get(
      String subject, RegistryHttp.Call call, Challenge challenge, String scope)
      throws SourceException {
    String query = parameters(challenge, scope);
    return RegistryHttp.Call.get(
        subject, uri(subject, call.uri(), challenge, query), Map.of(), call.deadline());
  }

  private RegistryHttp.Call post(
      String subject, RegistryHttp.Call call, Challenge challenge, String parameters, String secret)
      throws SourceException {
    return new RegistryHttp.Call(
        subject,
        "POST",
        uri(subject, call.uri(), challenge, ""),
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        parameters
            + "&grant_type=refresh_token&client_id=image-service&refresh_token="
            + encoded(secret),
        call.deadline());
  }

  /// A token server says 404 and 400 where it means no.
  private HttpResponse<InputStream> granted(String subject, HttpResponse<InputStream> response)
      throws IOException {
    if (response.statusCode() == 404 || response.statusCode() == 400) {
      response.body().close();
      throw http.failures().denied(subject, "the token server answered " + response.statusCode());
    }
    return response;
  }

  private URI uri(String subject, URI registry, Challenge challenge, String query)
      throws SourceException {
    String realm = challenge.parameters().getOrDefault("realm", "");
    if (realm.isEmpty()) {
      throw new SourceException.Malformed(subject, NO_SERVER + "it has no address", null);
    }
    String separator = query.isEmpty() ? "" : realm.contains("?") ? "&" : "?";
    return access.follow(subject, registry, realm + separator + query, NO_SERVER);
  }

  private static String parameters(Challenge challenge, String ownScope) {
    String service = challenge.parameters().get("service");
    String scope = challenge.parameters().getOrDefault("scope", ownScope);
    return (service == null ? "" : "service=" + encoded(service) + "&") + "scope=" + encoded(scope);
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
