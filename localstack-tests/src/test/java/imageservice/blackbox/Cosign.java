package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.blackbox.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// Cosign, and keys for it in a folder.
record Cosign(Path folder) {
  /// Where a service has its public key.
  static final String KEY = "/oci/cosign/signing-key.pub";

  static KeyPair pair(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  /// A file with a new private key.
  Path key(String name, String algorithm) throws IOException, GeneralSecurityException {
    return privateKey(name, pair(algorithm));
  }

  Path privateKey(String name, KeyPair pair) throws IOException {
    return pem(name + ".pem", "PRIVATE", pair.getPrivate().getEncoded());
  }

  Path publicKey(String name, KeyPair pair) throws IOException {
    return pem(name + ".pub", "PUBLIC", pair.getPublic().getEncoded());
  }

  /// A file with the public key of nobody's service.
  Path otherKey(String algorithm) throws IOException, GeneralSecurityException {
    return publicKey("other", pair(algorithm));
  }

  /// A file with the key that a service publishes.
  Path publishedKey(Client client) throws IOException, InterruptedException {
    Answer key = client.get(KEY);
    assertThat(key.status()).isEqualTo(200);
    return Files.write(folder.resolve("published.pub"), key.body());
  }

  /// @param image its repository, and `:` with its tag or `@` with its digest
  Command.Result verify(Client client, String image, Path key)
      throws IOException, InterruptedException {
    return Command.run(
        folder,
        List.of(
            "cosign",
            "verify",
            "--key",
            key.toString(),
            "--insecure-ignore-tlog=true",
            URI.create(client.address("/")).getAuthority() + "/" + image));
  }

  /// Whether a bundle is good for a file, as signature and as SLSA provenance.
  List<Command.Result> verifyFile(Path file, Path bundle, Path key)
      throws IOException, InterruptedException {
    List<String> tail =
        List.of(
            "--key",
            key.toString(),
            "--bundle",
            bundle.toString(),
            "--insecure-ignore-tlog=true",
            file.toString());
    return List.of(
        Command.run(folder, whole(List.of("cosign", "verify-blob"), tail)),
        Command.run(
            folder,
            whole(
                List.of("cosign", "verify-blob-attestation", "--type", "slsaprovenance1"), tail)));
  }

  private static List<String> whole(List<String> begin, List<String> end) {
    return Stream.concat(begin.stream(), end.stream()).toList();
  }

  static void assertAccepted(Command.Result result) {
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).contains("verified against the specified public key");
  }

  static void assertRefused(Command.Result result) {
    assertThat(result.status()).as(result.output()).isNotZero();
    assertThat(result.output()).containsPattern("no matching|no signatures found");
  }

  private Path pem(String name, String kind, byte[] encoded) throws IOException {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    String body = Base64.getMimeEncoder(64, newline).encodeToString(encoded);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n".formatted(kind, body));
  }
}
