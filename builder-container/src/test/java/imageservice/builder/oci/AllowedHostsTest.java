package imageservice.builder.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedHostsTest {
  @Test
  void areNamesWithTheirPorts() {
    AllowedHosts hosts = AllowedHosts.parse("Storage.test, 10.0.0.7:9000 *.cdn.test,[::1]:5000");
    for (String address :
        List.of(
            "https://storage.test/x",
            "https://STORAGE.test:443/x",
            "http://storage.test/x",
            "http://10.0.0.7:9000/x",
            "https://a.b.cdn.test/",
            "http://[::1]:5000/")) {
      assertThat(hosts.contain(URI.create(address))).as(address).isTrue();
    }
    for (String address :
        List.of(
            "https://storage.test:8443/",
            "https://a.storage.test/",
            "http://10.0.0.7/",
            "https://cdn.test/",
            "https://xcdn.test/",
            "https://a.cdn.test:8443/",
            "https://storage.test.evil.test/")) {
      assertThat(hosts.contain(URI.create(address))).as(address).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://storage.test", "storage.test/x", "*", "a*.test", "host:port"})
  void refuseWhatIsNoHost(String text) {
    assertThatThrownBy(() -> AllowedHosts.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not a host: " + text + "; give names such as storage.example or 10.0.0.7:9000");
  }

  /// Where the public registries keep their tokens and blobs.
  @ParameterizedTest
  @CsvSource({
    "ghcr.io, https://ghcr.io/token",
    "ghcr.io, https://pkg-containers.githubusercontent.com/blob",
    "docker.io, https://auth.docker.io/token",
    "registry-1.docker.io, https://production.cloudflare.docker.com/blob",
    "quay.io, https://cdn03.quay.io/blob",
    "registry.gitlab.com, https://gitlab.com/jwt/auth"
  })
  void includeThePartsOfWellKnownRegistries(String registry, String address) throws Exception {
    RegistryPrefix prefix = RegistryPrefix.parse(registry + "/x/");
    assertThat(follow(prefix, prefix.root(), address)).isEqualTo(URI.create(address));
  }

  @Test
  void letNobodyLeadFromTlsToPlainHttp() {
    RegistryPrefix prefix = RegistryPrefix.parse("registry.test/x/");
    for (String address : List.of("http://registry.test/v2/", "http://storage.test/")) {
      assertThatThrownBy(() -> follow(prefix, prefix.root(), address))
          .isInstanceOf(SourceException.NotAllowed.class)
          .hasMessage(
              "subject: registry.test sends its clients to %s over plain HTTP; the registry must use https there"
                  .formatted(URI.create(address).getHost()));
    }
    RegistryPrefix plain = RegistryPrefix.parse("http://registry.test/x/");
    assertThatThrownBy(
            () -> follow(plain, URI.create("https://storage.test/a"), "http://registry.test/b"))
        .isInstanceOf(SourceException.NotAllowed.class);
  }

  private static URI follow(RegistryPrefix prefix, URI base, String address)
      throws SourceException {
    return new RegistryAccess(
            prefix, new Credential.Anonymous(), AllowedHosts.parse("storage.test"))
        .follow("subject", base, address, "");
  }
}
