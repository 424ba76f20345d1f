package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A registry sends the service to no host that its operator did not allow.
@Timeout(60)
final class RegistryHostsTest extends RegistryFixture {
  private static final Credential ME = new Credential.Password("me", "pass");

  private final TestImages images = new TestImages();
  private final Descriptor blob = images.blob("x", random(1000));

  @Test
  void followsNoRedirectToAnotherHost() throws IOException {
    FakeRegistry registry = registry(images);
    registry.first(redirect("http://127.0.0.2:9000/latest/meta-data"));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.NotAllowed.class)
        .hasMessage(
            "imager@%s: %s sends its clients to another host, 127.0.0.2:9000; if that is right, allow it with --source-hosts 127.0.0.2:9000 (on AWS: SOURCE_HOSTS)"
                .formatted(blob.digest(), registry.authority()));
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void followsNoRedirectToAnotherPortOfItsHost() throws IOException {
    FakeRegistry storage = registry(images);
    FakeRegistry registry = registry(images);
    registry.first(to(storage));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.NotAllowed.class)
        .hasMessageContaining("--source-hosts " + storage.authority());
    assertThat(storage.requests()).isEmpty();
  }

  @Test
  void followsARedirectThatTheOperatorAllows() throws IOException {
    FakeRegistry storage = registry(images);
    FakeRegistry registry = registry(images);
    registry.first(to(storage));
    assertThat(ImageSourceContract.read(allowed(registry, storage), blob)).hasSize(1000);
  }

  @Test
  void followsNoSecondRedirectFromAnAllowedHost() throws IOException {
    FakeRegistry internal = registry(images);
    FakeRegistry storage = registry(images);
    FakeRegistry registry = registry(images);
    registry.first(to(storage));
    storage.first(to(internal));
    assertThatThrownBy(() -> ImageSourceContract.read(allowed(registry, storage), blob))
        .isInstanceOf(SourceException.NotAllowed.class)
        .hasMessageContaining("sends its clients to another host, " + internal.authority());
    assertThat(internal.requests()).isEmpty();
  }

  @Test
  void anAddressThatCannotBeFollowedIsShownWithoutSecretsAndCut() throws IOException {
    FakeRegistry registry = registry(images);
    String long600 = "x".repeat(600);
    registry.first(redirect("ftp://user:pass@host/" + long600 + "?signature=secret"));
    assertThatThrownBy(() -> ImageSourceContract.read(source(registry), blob))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessage(
            "imager@%s: a redirect that cannot be followed: ftp://…@host/%s…; the source or what was pushed to it is broken"
                .formatted(
                    blob.digest(),
                    long600.substring(
                        "a redirect that cannot be followed: ftp://…@host/".length())));
  }

  @Test
  void aTokenServersAddressIsShownWithoutItsQuery() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange -> challenge(exchange, "Bearer realm=\"urn:a?key=secret\""));
    assertThatThrownBy(() -> source(registry, ME).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Malformed.class)
        .hasMessageContaining("must not be asked: urn:a; the source");
  }

  @Test
  void asksNoTokenServerOnAnotherHost() throws IOException {
    FakeRegistry tokens = registry(images);
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange ->
        challenge(exchange, "Bearer realm=\"http://%s/token\"".formatted(tokens.authority())));
    assertThatThrownBy(() -> source(registry, ME).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.NotAllowed.class)
        .hasMessageContaining(
            "token for imager: %s sends its clients to another host, %s"
                .formatted(registry.authority(), tokens.authority()));
    assertThat(tokens.requests()).isEmpty();
  }

  @Test
  void givesTheCredentialToATokenServerThatTheOperatorAllows() throws IOException {
    FakeRegistry tokens = registry(images);
    FakeRegistry registry = registry(TestImages.small());
    tokens.first(exchange -> token(tokens, exchange, 300));
    registry.first(exchange -> token(tokens, exchange, 300));
    allowed(registry, tokens).tags("imager", Optional.empty());
    assertThat(tokens.requests().getFirst()).endsWith(" Authorization=Basic bWU6cGFzcw==");
  }

  /// A token server that redirects gets no credential to its next host, allowed or not.
  @Test
  void givesTheCredentialToNoHostAfterARedirect() throws IOException {
    FakeRegistry other = registry(images);
    FakeRegistry registry = registry(TestImages.small());
    other.first(exchange -> answer(exchange, 200, "{\"token\":\"secret\"}"));
    registry.first(exchange ->
        exchange.getRequestURI().getPath().equals("/token")
            ? redirect("http://" + other.authority() + "/token").handle(exchange)
            : token(registry, exchange, 300));
    allowed(registry, other).tags("imager", Optional.empty());
    assertThat(other.requests()).containsExactly("GET /token");
  }

  /// The server of the test waits for more of the TLS greeting; the reference registry answers it
  /// in plain text.
  @Test
  void saysThatARegistrySpeaksPlainHttp() throws IOException {
    FakeRegistry registry = registry(TestImages.small());
    registry.first(exchange ->
        exchange.getRequestURI().equals(URI.create("/v2/")) && challenge(exchange, "Basic"));
    assertThatThrownBy(() -> overTls(registry).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.NotAllowed.class)
        .hasMessage(
            "imager: %1$s speaks plain HTTP, not TLS; to use it all the same, give the source as http://%1$s/siderolabs/"
                .formatted(registry.authority()));
    assertThat(registry.requests()).containsExactly("GET /v2/");
  }

  @Test
  void takesNoOtherPlainAnswerForARegistry() throws IOException {
    FakeRegistry server = registry(TestImages.small());
    server.first(exchange -> answer(exchange, 400, "this is not the port"));
    assertThatThrownBy(() -> overTls(server).tags("imager", Optional.empty()))
        .isInstanceOf(SourceException.Unavailable.class)
        .hasMessageContaining("no answer from " + server.authority());
  }

  private RegistrySource overTls(FakeRegistry registry) {
    RegistryPrefix tls = RegistryPrefix.parse("https://" + registry.authority() + "/siderolabs/");
    return new RegistrySource(
        new RegistryAccess(tls, ME, AllowedHosts.NONE),
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build(),
        new Retries(1, waits::add, () -> 0.5),
        TestAccess.PATIENT,
        now::get);
  }

  private FakeRegistry.Answer to(FakeRegistry other) {
    return redirect("http://" + other.authority() + "/v2/siderolabs/imager/blobs/" + blob.digest());
  }

  private RegistrySource allowed(FakeRegistry registry, FakeRegistry other) {
    return source(new RegistryAccess(registry.prefix(), ME, AllowedHosts.parse(other.authority())));
  }
}
