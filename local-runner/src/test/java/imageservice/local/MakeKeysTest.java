package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.PemSigner;
import imageservice.formats.efi.SecureBootVariable;
import imageservice.formats.efi.SignatureList;
import imageservice.formats.efi.VariableUpdate;
import imageservice.formats.struct.Guid;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys as `make-keys` makes them, and folders that are to have them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MakeKeysTest {
  private static final String MAKE = "make a new set of keys with: image-service make-keys DIR";

  private Path made = Path.of("unset");

  @TempDir Path folder = Path.of("unset");

  @BeforeAll
  void makeKeys(@TempDir Path place) {
    made = place.resolve("new/keys");
    assertThat(Main.run("make-keys", made.toString(), "--name", "A Name")).isZero();
  }

  @Test
  void madeKeysAreReadAndAreTheOwnersAlone() throws Exception {
    BootKeyring keys = new BootKeyFolder("--secure-boot", made).read();
    assertThat(bits(keys.boot().key().key())).isEqualTo(4096);
    assertThat(bits(keys.pcr().key().key())).isEqualTo(2048);
    assertThat(keys.given()).isEmpty();
    var certificate = keys.certificate().x509();
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectX500Principal()).hasToString("CN=A Name, O=A Name");
    assertThat(
            Duration.between(
                certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()))
        .isBetween(Duration.ofDays(3652), Duration.ofDays(3653));
    assertThat(Files.readAllBytes(made.resolve("uki-signing-cert.der")))
        .isEqualTo(keys.certificate().der());
    try (Stream<Path> files = Files.list(made)) {
      assertThat(files)
          .hasSize(4)
          .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
    }
    assertThat(mode(made)).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"uki-signing-cert.pem", "uki-signing-key.pem", "pcr-signing-key.pem"})
  void nothingIsEverOverwritten(String name) throws IOException {
    Files.writeString(folder.resolve(name), "mine");
    assertThat(Main.run("make-keys", folder.toString())).isOne();
    assertThat(folder.resolve(name)).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uki-signing-cert.pem", "uki-signing-key.pem", "pcr-signing-key.pem"})
  void eachFileMustBeThere(String name) throws IOException {
    copyKeys();
    Files.delete(folder.resolve(name));
    refuses("--secure-boot %s: there is no %s; %s".formatted(folder, folder.resolve(name), MAKE));
  }

  @ParameterizedTest
  @CsvSource({"uki-signing-key.pem", "pcr-signing-key.pem"})
  void refusesKeysThatNobodyCouldVerify(String name) throws Exception {
    copyKeys();
    Map<String, String> refused =
        Map.of(
            fresh("EC", 256),
            "not an RSA key, and secure boot takes RSA keys of 2048 to 4096 bits; ",
            fresh("RSA", 1024),
            "an RSA key of 1024 bits, and secure boot takes RSA keys of 2048 to 4096 bits; ",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "not a private key in PEM (BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY) without a password; ",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIF\n-----END RSA PRIVATE KEY-----\n",
            "not a private key in PEM (BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY) without a password; ");
    for (Map.Entry<String, String> each : refused.entrySet()) {
      Files.writeString(folder.resolve(name), each.getKey());
      refuses("--secure-boot %s/%s: %s".formatted(folder, name, each.getValue() + MAKE));
    }
  }

  @Test
  void refusesACertificateOfAnotherKeyAndWhatIsNone() throws Exception {
    copyKeys();
    Files.copy(
        folder.resolve("pcr-signing-key.pem"),
        folder.resolve("uki-signing-key.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> new BootKeyFolder("--secure-boot", folder).read())
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("--secure-boot " + folder + ": the certificate is of key sha256:")
        .hasMessageEndingWith("give the two that were made together");
    Files.writeString(folder.resolve("uki-signing-cert.pem"), "none");
    refuses(
        "--secure-boot %s/uki-signing-cert.pem: not one certificate in PEM (BEGIN CERTIFICATE); %s"
            .formatted(folder, MAKE));
  }

  @Test
  void enrolmentFilesAreThereTogetherOrNotAtAll() throws Exception {
    copyKeys();
    Files.writeString(folder.resolve("PK.auth"), "pk");
    refuses(
        "--secure-boot %s: there is PK.auth, but not KEK.auth and db.auth: put all three there, or none, and they are made"
            .formatted(folder));
    Files.writeString(folder.resolve("db.auth"), "db");
    Files.writeString(folder.resolve("KEK.auth"), "kek");
    assertThatThrownBy(() -> new BootKeyFolder("--secure-boot", folder).read())
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(
            "--secure-boot %s: PK.auth: not the signed update of a variable (".formatted(folder));
    for (SecureBootVariable variable : SecureBootVariable.values()) {
      Files.write(folder.resolve(variable + ".auth"), update(variable));
    }
    BootKeyring keys = new BootKeyFolder("--secure-boot", folder).read();
    assertThat(keys.given().orElseThrow().kek()).isEqualTo(update(SecureBootVariable.KEK));
  }

  private byte[] update(SecureBootVariable variable) throws Exception {
    String key = Files.readString(made.resolve("uki-signing-key.pem"));
    SigningCertificate certificate =
        SigningCertificate.parse(Files.readString(made.resolve("uki-signing-cert.pem")));
    PemSigner signer = PemSigner.forBoot(key);
    VariableUpdate update =
        new VariableUpdate(
            variable, 0, List.of(new SignatureList(new Guid(1, 2), certificate.der())));
    return update.file(
        new BootKeyring(certificate, signer, signer, Optional.empty()).signUpdate(update.signed()));
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> new BootKeyFolder("--secure-boot", folder).read())
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
  }

  private void copyKeys() throws IOException {
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private static String fresh(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    var key = generator.generateKeyPair().getPrivate();
    assertThat(key instanceof RSAPrivateCrtKey).isEqualTo(algorithm.equals("RSA"));
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  private static int bits(java.security.PublicKey key) {
    return ((RSAPublicKey) key).getModulus().bitLength();
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
