package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.sign.BootTestKeys;
import imageservice.formats.testing.Judge;
import imageservice.plan.EnrolmentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as efitools make them.
@Tag("tool")
final class GivenEnrolmentToolTest {
  @TempDir Path folder = Path.of("unset");

  @BeforeEach
  void makeLists() throws IOException {
    Files.writeString(folder.resolve("cert.pem"), BootTestKeys.CERTIFICATE);
    Files.writeString(folder.resolve("key.pem"), BootTestKeys.KEY);
    run("cert-to-efi-sig-list", "cert.pem", "list.esl");
  }

  private void run(String program, String... arguments) throws IOException {
    Judge.named(program).runIn(folder, arguments).accepted();
  }

  private byte[] file(String variable, String... options) throws IOException {
    String[] all = new String[options.length + 7];
    System.arraycopy(options, 0, all, 0, options.length);
    String[] rest = {"-k", "key.pem", "-c", "cert.pem", variable, "list.esl", "out.auth"};
    System.arraycopy(rest, 0, all, options.length, rest.length);
    run("sign-efi-sig-list", all);
    return Files.readAllBytes(folder.resolve("out.auth"));
  }

  private static void require(byte[] pk, byte[] kek, byte[] db) {
    GivenEnrolment.require(new EnrolmentFiles<>(pk, kek, db), BootTestKeys.RING.certificate());
  }

  @Test
  void filesOfEfitoolsAreTaken() throws IOException {
    require(file("PK"), file("KEK"), file("db"));
  }

  /// systemd-boot sets variables and never appends to them.
  @Test
  void theirsInOneAnothersPlaceOrThatAppendAreNot() throws IOException {
    byte[] pk = file("PK");
    byte[] kek = file("KEK");
    byte[] appending = file("db", "-a");
    assertThatThrownBy(() -> require(pk, pk, kek))
        .hasMessageStartingWith("KEK.auth: it is the update of PK, not of KEK: ");
    assertThatThrownBy(() -> require(pk, kek, appending))
        .hasMessageStartingWith("db.auth: its signature is not of this content as the value of db");
  }
}
