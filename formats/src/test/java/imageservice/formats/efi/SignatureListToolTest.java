package imageservice.formats.efi;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.struct.Guid;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class SignatureListToolTest {
  private static final String OWNER = "dd3e536f-2da0-49d2-b5b9-25df7430b20f";

  @TempDir Path folder = Path.of("unset");

  @Test
  void efitoolsMakeTheSameList() throws IOException {
    Judge openssl = Judge.named("openssl");
    openssl
        .runIn(
            folder,
            "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=a"
                .split(" ", -1))
        .accepted();
    openssl.runIn(folder, "x509 -in cert.pem -outform DER -out cert.der".split(" ", -1)).accepted();
    Judge.named("cert-to-efi-sig-list")
        .runIn(folder, "-g", OWNER, "cert.pem", "list.esl")
        .accepted();
    byte[] certificate = Files.readAllBytes(folder.resolve("cert.der"));
    assertThat(new SignatureList(Guid.parse(OWNER), certificate).toBytes())
        .isEqualTo(Files.readAllBytes(folder.resolve("list.esl")));
  }
}
