package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.release.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
    AllowedHosts storage = AllowedHosts.parse("127.0.0.2");
    registry.first(link("<http://127.0.0.2/v2/x>; rel=\"next\""));
    assertThatThrownBy(() ->
            source(new RegistryAccess(registry.prefix(), new Credential.Anonymous(), storage))
                .tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("a Link that leads away");
    registry.first(link("<list?n=1000>; rel=next"));
    assertThatThrownBy(() -> source(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.TooLarge.class)
        .hasMessageContaining("more than 100 pages of tags");
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
                RegistryAccess.anonymous(RegistryPrefix.parse("registry.test/x")),
                java.net.http.HttpClient.newBuilder()
                    .followRedirects(java.net.http.HttpClient.Redirect.ALWAYS)
                    .build(),
                retries(),
                TestAccess.PATIENT,
                now::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a client that follows redirects itself");
  }
}
