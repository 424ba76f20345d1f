package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RegistrySourceTest extends RegistryFixture {
  @Nested
  final class Contract extends ImageSourceContract {
    private TestImages served = new TestImages();

    @Override
    ImageSource source(TestImages images) throws IOException {
      served = images;
      return RegistrySourceTest.this.source(registry(images));
    }

    @Override
    void replace(Digest digest, byte[] content) {
      served.blobs().put(digest, content);
    }
  }

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
    source(bearer, Optional.of(new Credential("me", "pass"))).tags("imager", Optional.empty());
    assertThat(bearer.requests().get(1)).endsWith(" Authorization=Basic bWU6cGFzcw==");
    assertThat(bearer.requests().get(2)).endsWith(" Authorization=Bearer secret");

    FakeRegistry basic = registry(TestImages.small());
    basic.first(exchange ->
        exchange.getRequestHeaders().getFirst("Authorization") == null
            && challenge(exchange, "Basic realm=\"x\""));
    source(basic, Optional.of(new Credential("me", "pass"))).tags("imager", Optional.empty());
    assertThat(basic.requests().getLast()).endsWith(" Authorization=Basic bWU6cGFzcw==");
  }

  @Test
  void isDeniedWithoutACredential() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> challenge(exchange, "Basic realm=\"x\""));
    assertThatThrownBy(() -> source(registry).resolve("imager", "v1"))
        .isInstanceOf(SourceException.Denied.class)
        .hasMessage(
            "imager:v1: %s/siderolabs/ answered 401; check the repository's name, that it is public, or the credential"
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
    for (String realm : List.of("file:///etc/passwd", "://", "")) {
      registry.first(exchange -> challenge(exchange, "Bearer realm=\"" + realm + "\""));
      assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
          .isInstanceOf(SourceException.Malformed.class)
          .hasMessageContaining("a token server that must not be asked: " + realm);
    }
  }

  @Test
  void waitsAsLongAsItIsAskedAndTriesAgain() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(429, "7", 1));
    assertThat(source(registry).tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("v1"), Optional.empty()));
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void waitsUntilADateAndNeverLongerThanAMinute() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(503, "Fri, 02 Jan 2026 03:04:25 GMT", 1));
    source(registry).tags("imager", Optional.empty());
    registry.first(failing(503, "86400", 1));
    source(registry).tags("imager", Optional.empty());
    assertThat(waits).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(60));
  }

  @Test
  void doublesItsWaitsAndScattersThem() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(500, "", 3));
    assertThat(source(registry).tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("v1"), Optional.empty()));
    assertThat(waits)
        .containsExactly(Duration.ofMillis(750), Duration.ofMillis(1500), Duration.ofMillis(3000));
  }

  @Test
  void givesUpAndSaysHowLongToWait() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(failing(429, "30", 99));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOfSatisfying(
            SourceException.Unavailable.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(30)))
        .hasMessage(
            "imager: %s/siderolabs/ answered 429; try again later or check the network"
                .formatted(registry.authority()));
    assertThat(registry.requests()).hasSize(4);
  }

  @Test
  void triesAgainWhereNobodyListens() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.close();
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageStartingWith("imager: no answer from " + registry.prefix());
    assertThat(waits).hasSize(3);
  }

  @Test
  void fallsBackToGetWhereHeadIsNotAnswered() throws IOException {
    TestImages images = TestImages.small();
    FakeRegistry registry = registry(images);
    registry.first(
        exchange -> exchange.getRequestMethod().equals("HEAD") && answer(exchange, 405, ""));
    assertThat(source(registry).resolve("imager", "v1")).isEqualTo(images.tags().get("v1"));
    registry.first(
        exchange -> exchange.getRequestMethod().equals("HEAD") && answer(exchange, 200, ""));
    assertThat(source(registry).resolve("imager", "v1")).isEqualTo(images.tags().get("v1"));
  }

  @Test
  void followsPagesOfTags() throws IOException {
    FakeRegistry registry = registry(new TestImages());
    registry.first(exchange -> {
      String query = exchange.getRequestURI().getQuery();
      if (query.equals("n=1000")) {
        exchange.getResponseHeaders().set("Link", "<list?n=1000&last=b>; rel=\"next\"");
        return answer(exchange, 200, "{\"tags\":[\"c\",\"b\"]}");
      }
      return answer(exchange, 200, "{\"tags\":[\"a\",\"b\"]}");
    });
    assertThat(source(registry).tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("a", "b", "c"), Optional.empty()));
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void asksWhetherTheListChanged() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> {
      exchange.getResponseHeaders().set("ETag", "W/\"1\"");
      boolean known = "W/\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
      return known ? answer(exchange, 304, "") : answer(exchange, 200, "{\"tags\":[\"a\"]}");
    });
    RegistrySource source = source(registry);
    assertThat(source.tags("imager", Optional.empty()))
        .isEqualTo(new Tags.Listed(List.of("a"), Optional.of("W/\"1\"")));
    assertThat(source.tags("imager", Optional.of("W/\"1\""))).isEqualTo(new Tags.Unchanged());
    assertThat(source.tags("imager", Optional.of("\"2\"")))
        .isEqualTo(new Tags.Listed(List.of("a"), Optional.of("W/\"1\"")));
  }

  @Test
  void keepsNoValidatorThatSaysTooLittleOrIsNone() throws IOException {
    FakeRegistry registry = registry(new TestImages());
    registry.first(exchange -> {
      if (exchange.getRequestURI().getQuery().equals("n=1000")) {
        exchange.getResponseHeaders().set("Link", "<list?n=1000&last=b>; rel=\"next\"");
      }
      exchange.getResponseHeaders().set("ETag", "\"1\"");
      return answer(exchange, 200, "{\"tags\":[\"a\"]}");
    });
    Tags.Listed none = new Tags.Listed(List.of("a"), Optional.empty());
    assertThat(source(registry).tags("imager", Optional.empty())).isEqualTo(none);
    for (String bad : List.of("1", "\"\"", "\"a b\"", "\"" + "x".repeat(501) + "\"")) {
      registry.first(exchange -> {
        exchange.getResponseHeaders().set("ETag", bad);
        return answer(exchange, 200, "{\"tags\":[\"a\"]}");
      });
      assertThat(source(registry).tags("imager", Optional.empty())).isEqualTo(none);
    }
  }

  @Test
  void refusesAnAnswerToAQuestionThatWasNotAsked() throws IOException {
    FakeRegistry registry = registry(new TestImages());
    registry.first(exchange -> answer(exchange, 304, ""));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("answered 304");
  }

  @Test
  void followsNoPageElsewhereNorWithoutEnd() throws IOException {
    FakeRegistry registry = registry(new TestImages());
    registry.first(link("<http://127.0.0.2/v2/x>; rel=\"next\""));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("a Link that leads away");
    registry.first(link("<list?n=1000>; rel=next"));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("more than 100 pages of tags");
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
  void followsNoRedirectWithoutEndNorToAFile() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(redirect("list?n=1000"));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("more than 5 redirects");
    for (String target :
        List.of("file:///etc/passwd", "http://127.0.0.1:40440423/", "http://a@127.0.0.1/", ":")) {
      registry.first(redirect(target));
      assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
          .isInstanceOf(SourceException.Malformed.class)
          .hasMessageContaining("a redirect that cannot be followed");
    }
  }

  @Test
  void refusesAClientThatFollowsRedirectsItself() {
    assertThatThrownBy(() ->
            new RegistrySource(
                RegistryPrefix.parse("registry.test/x"),
                Optional.empty(),
                java.net.http.HttpClient.newBuilder()
                    .followRedirects(java.net.http.HttpClient.Redirect.ALWAYS)
                    .build(),
                retries(),
                now::get,
                Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a client that follows redirects itself");
  }
}
