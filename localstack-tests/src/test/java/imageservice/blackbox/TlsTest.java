package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service on a port that speaks HTTPS, judged by curl and openssl.
final class TlsTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8", "pkcs1", "sec1", "ed25519"})
  void speaksHttpsByKeysAsToolsWriteThem(String form) throws Exception {
    make("one", form);
    try (ServiceProcess service = serve("one.crt", "one.key").awaitReady()) {
      assertThat(service.url()).startsWith("https://127.0.0.1:");
      String id = id(curl("one.crt", "--data", "{}", service.url() + "schematics"));
      String asset = service.url() + "image/" + id + "/v1.9.5/cmdline-metal-amd64";
      assertThat(curl("one.crt", "-L", asset)).contains("talos.platform=metal");
      assertThat(curl("one.crt", "-o", "/dev/null", "-w", "%{redirect_url}", asset))
          .startsWith(service.url());
    }
  }

  @Test
  void plainHttpIsToldWhatToWrite() throws Exception {
    make("one", "pkcs8");
    try (ServiceProcess service = serve("one.crt", "one.key").awaitReady()) {
      String plain = service.url().replace("https:", "http:") + "readyz";
      assertThat(Command.run(folder, List.of("curl", "-sS", "-i", plain)).output())
          .startsWith("HTTP/1.1 400 ")
          .endsWith("this port speaks HTTPS; begin the address with https://\n");
    }
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
    make("one", "pkcs8");
    make("two", "sec1");
    try (ServiceProcess service = serve("one.crt", "one.key").awaitReady()) {
      Files.copy(folder.resolve("two.crt"), folder.resolve("next.crt"));
      Files.move(folder.resolve("two.key"), folder.resolve("one.key"), REPLACE);
      await(service, "the TLS certificate stays as it was: --tls-key ");
      assertThat(curl("one.crt", "-w", "%{http_code}", service.url() + "readyz")).endsWith("200");
      Files.move(folder.resolve("next.crt"), folder.resolve("one.crt"), REPLACE);
      await(service, "the TLS certificate was read again");
      assertThat(curl("two.crt", "-w", "%{http_code}", service.url() + "readyz")).endsWith("200");
    }
  }

  @Test
  void whatIsNoCertificateWithItsKeyIsNamed() throws Exception {
    make("one", "pkcs8");
    make("two", "pkcs8");
    openssl("pkey", "-in", "one.key", "-aes256", "-passout", "pass:secret", "-out", "locked.key");
    Files.writeString(folder.resolve("empty.key"), "");
    assertThat(refusal("--tls-cert", file("one.crt"), "--tls-key", file("two.key")))
        .contains("two.key: it is not the key of the first certificate in ");
    assertThat(refusal("--tls-cert", file("one.crt"), "--tls-key", file("locked.key")))
        .contains("locked.key: the key has a password; write it without one by openssl pkey");
    assertThat(refusal("--tls-cert", file("one.crt"), "--tls-key", file("empty.key")))
        .contains("empty.key: there is no private key in PEM in it");
    assertThat(refusal("--tls-cert", file("one.key"), "--tls-key", file("one.key")))
        .contains("one.key: there is no certificate in PEM in it");
    assertThat(refusal("--tls-cert", file("none.crt"), "--tls-key", file("one.key")))
        .contains("--tls-cert " + file("none.crt") + ": there is no ");
    assertThat(refusal("--tls-cert", file("one.crt")))
        .isEqualTo("image-service: --tls-cert: a certificate needs its key; add --tls-key FILE\n");
    assertThat(refusal("--tls-key", file("one.key")))
        .isEqualTo("image-service: --tls-key: a key needs its certificate; add --tls-cert FILE\n");
  }

  /// A certificate that another one has issued, whose issuer alone clients know.
  @Test
  void theChainIsSentAlong() throws Exception {
    make("root", "pkcs8");
    openssl(
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "own.key",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-out",
        "own.csr");
    openssl(
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "mid.key",
        "-subj",
        "/CN=middle",
        "-addext",
        "basicConstraints=critical,CA:TRUE",
        "-out",
        "mid.csr");
    openssl(
        "x509",
        "-req",
        "-in",
        "mid.csr",
        "-CA",
        "root.crt",
        "-CAkey",
        "root.key",
        "-copy_extensions",
        "copy",
        "-days",
        "2",
        "-out",
        "mid.crt");
    openssl(
        "x509",
        "-req",
        "-in",
        "own.csr",
        "-CA",
        "mid.crt",
        "-CAkey",
        "mid.key",
        "-copy_extensions",
        "copy",
        "-days",
        "2",
        "-out",
        "own.crt");
    String own = Files.readString(folder.resolve("own.crt"));
    String middle = Files.readString(folder.resolve("mid.crt"));
    Files.writeString(folder.resolve("chain.crt"), own + middle);
    try (ServiceProcess service = serve("chain.crt", "own.key").awaitReady()) {
      assertThat(curl("root.crt", "-w", "%{http_code}", service.url() + "readyz")).endsWith("200");
    }
    Files.writeString(folder.resolve("wrong.crt"), middle + own);
    assertThat(refusal("--tls-cert", file("wrong.crt"), "--tls-key", file("own.key")))
        .contains("the service's own comes first, its issuers' behind it");
  }

  private static final java.nio.file.CopyOption REPLACE =
      java.nio.file.StandardCopyOption.REPLACE_EXISTING;

  private void make(String name, String form) throws Exception {
    String key = name + ".key";
    switch (form) {
      case "sec1" -> openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", key);
      case "ed25519" -> openssl("genpkey", "-algorithm", "ed25519", "-out", key);
      default ->
          openssl(
              "genrsa", form.equals("pkcs1") ? "-traditional" : "-verbose", "-out", key, "2048");
    }
    openssl(
        "req",
        "-x509",
        "-new",
        "-key",
        key,
        "-days",
        "2",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-out",
        name + ".crt");
    String head = Files.readString(folder.resolve(key));
    assertThat(head)
        .contains(
            switch (form) {
              case "sec1" -> "BEGIN EC PRIVATE KEY";
              case "pkcs1" -> "BEGIN RSA PRIVATE KEY";
              default -> "BEGIN PRIVATE KEY";
            });
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Command.succeed(folder, command);
  }

  private String curl(String trusted, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--cacert", file(trusted)));
    command.addAll(List.of(arguments));
    return Command.succeed(folder, command);
  }

  private static String id(String created) {
    return created.replaceAll("(?s).*\"id\":\"([0-9a-f]{64})\".*", "$1");
  }

  private ServiceProcess serve(String certificate, String key) throws Exception {
    return Machine.in(folder).begin(0, "--tls-cert", file(certificate), "--tls-key", file(key));
  }

  private String refusal(String... options) throws Exception {
    try (ServiceProcess serve = Machine.in(folder).begin(0, options)) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      return serve.log();
    }
  }

  private static void await(ServiceProcess service, String line) throws Exception {
    long end = System.nanoTime() + java.time.Duration.ofSeconds(60).toNanos();
    while (!service.log().contains(line)) {
      assertThat(System.nanoTime()).as(service.log()).isLessThan(end);
      Thread.sleep(100);
    }
  }
}
