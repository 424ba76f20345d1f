package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class RegistryCredentialsTest extends RegistryFixture {
  @Test
  void answersABearerChallengeAndKeepsTheTokenUntilItExpires() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> token(registry, exchange, 300));
    RegistrySource source = source(registry);
    source.resolve("imager", "v1");
    source.tags("imager", Optional.empty());
    now.set(NOW.plusSeconds(291));
    source.tags("imager", Optional.empty());
    String head = "HEAD /v2/siderolabs/imager/manifests/v1";
    String tags = "GET /v2/siderolabs/imager/tags/list?n=1000";
    String token = "GET /token?service=registry&scope=repository%3Asiderolabs%2Fimager%3Apull";
    String sent = " Authorization=Bearer secret";
    assertThat(registry.requests())
        .containsExactly(head, token, head + sent, tags + sent, tags, token, tags + sent);
  }

  @Test
  void asksForATokenAgainWhereOneIsRevoked() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    AtomicInteger revoked = new AtomicInteger();
    registry.first(exchange -> {
      boolean listed = exchange.getRequestURI().getPath().endsWith("list");
      if (listed && revoked.getAndIncrement() == 0) {
        return challenge(
            exchange, "Bearer realm=\"http://%s/token\"".formatted(registry.authority()));
      }
      return token(registry, exchange, 300);
    });
    RegistrySource source = source(registry);
    source.resolve("imager", "v1");
    assertThat(source.tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("v1"), Optional.empty()));
  }

  @Test
  void sendsTheCredentialToTheTokenServerAndToBasicRegistries() throws IOException {
    FakeRegistry bearer = registry(TestImages.small());
    bearer.first(exchange -> token(bearer, exchange, 300));
    source(bearer, new Credential.Password("me", "pass")).tags("imager", Optional.empty());
    assertThat(bearer.requests().get(1)).endsWith(" Authorization=Basic bWU6cGFzcw==");
    assertThat(bearer.requests().get(2)).endsWith(" Authorization=Bearer secret");

    FakeRegistry basic = registry(TestImages.small());
    basic.first(exchange ->
        exchange.getRequestHeaders().getFirst("Authorization") == null
            && challenge(exchange, "Basic realm=\"x\""));
    source(basic, new Credential.Password("me", "pass")).tags("imager", Optional.empty());
    assertThat(basic.requests().getLast()).endsWith(" Authorization=Basic bWU6cGFzcw==");
  }

  @Test
  void isDeniedWithoutACredential() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> challenge(exchange, "Basic realm=\"x\""));
    assertThatThrownBy(() -> source(registry).resolve("imager", "v1"))
        .isInstanceOf(SourceException.Denied.class)
        .hasMessage(
            "imager:v1: %1$s/siderolabs/ answered 401; check the repository's name and that it is public, or give a credential: docker login %1$s, or --source-credentials FILE (on AWS: SOURCE_CREDENTIALS)"
                .formatted(registry.authority()));
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void isDeniedByATokenServer() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange ->
        exchange.getRequestURI().getPath().equals("/token")
            ? answer(exchange, 403, "{}")
            : challenge(
                exchange, "Bearer realm=\"http://%s/token\"".formatted(registry.authority())));
    assertThatThrownBy(() -> source(registry).resolve("imager", "v1"))
        .isInstanceOf(SourceException.Denied.class)
        .hasMessageStartingWith("token for imager:v1: ");
  }

  @Test
  void asksNoTokenServerThatIsNoUrl() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    for (String realm : List.of("file:///etc/passwd", "://", "http://a@127.0.0.1/")) {
      registry.first(exchange -> challenge(exchange, "Bearer realm=\"" + realm + "\""));
      assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
          .isInstanceOf(SourceException.Malformed.class)
          .hasMessageContaining(
              "a token server that must not be asked: " + realm.replace("a@", "…@"));
    }
  }

  @Test
  void keepsTheCredentialOnTheSameHost() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> {
      if (exchange.getRequestHeaders().getFirst("Authorization") != null
          && exchange.getRequestURI().getQuery() != null
          && exchange.getRequestURI().getQuery().equals("n=1000")) {
        exchange.getResponseHeaders().set("Location", "list?n=1");
        return answer(exchange, 302, "");
      }
      return token(registry, exchange, 300);
    });
    source(registry).tags("imager", Optional.empty());
    assertThat(registry.requests().getLast()).endsWith("list?n=1 Authorization=Bearer secret");
  }

  @Test
  void exchangesAnIdentityTokenWhereTheTokenServerIs() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    AtomicReference<String> form = new AtomicReference<>("");
    registry.first(exchange -> {
      if (exchange.getRequestMethod().equals("POST")) {
        form.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        return answer(exchange, 200, "{\"access_token\":\"secret\"}");
      }
      return token(registry, exchange, 300);
    });
    source(registry, new Credential.IdentityToken("a+b/c")).tags("imager", Optional.empty());
    assertThat(registry.requests().get(1)).isEqualTo("POST /token");
    assertThat(form.get())
        .isEqualTo(
            "service=registry&scope=repository%3Asiderolabs%2Fimager%3Apull&grant_type=refresh_token&client_id=image-service&refresh_token=a%2Bb%2Fc");
    assertThat(registry.requests().getLast()).endsWith(" Authorization=Bearer secret");
  }

  @Test
  void sendsAnIdentityTokenAfterNoRedirect() throws IOException {
    FakeRegistry other = registry(TestImages.small());
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange ->
        exchange.getRequestMethod().equals("POST")
            ? redirect("http://" + other.authority() + "/").handle(exchange)
            : token(registry, exchange, 300));
    RegistrySource source =
        source(
            new RegistryAccess(
                registry.prefix(),
                new Credential.IdentityToken("t"),
                AllowedHosts.parse(other.authority())));
    assertThatThrownBy(() -> source.tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class);
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void saysWhichProgramHasTheCredential() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> challenge(exchange, "Basic realm=\"x\""));
    assertThatThrownBy(() ->
            source(registry, new Credential.Kept("docker-credential-pass"))
                .tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Denied.class)
        .hasMessageContaining("is kept by docker-credential-pass, which the service does not run");
  }
}
