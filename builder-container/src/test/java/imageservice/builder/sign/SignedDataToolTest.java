package imageservice.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What openssl says of the signature of a variable's update, which firmware takes without the
/// ContentInfo that openssl wants around it.
@Tag("tool")
final class SignedDataToolTest {
  private static final byte[] UPDATE = "db and so on".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SIGNED_DATA = Der.oid("1.2.840.113549.1.7.2");

  @TempDir Path folder = Path.of("unset");

  @Test
  void opensslVerifiesAnUpdate() throws IOException {
    byte[] signature = BootTestKeys.RING.signUpdate(UPDATE);
    Files.write(folder.resolve("signature"), Der.sequence(SIGNED_DATA, Der.tagged(0, signature)));
    Files.writeString(folder.resolve("cert.pem"), BootTestKeys.CERTIFICATE);
    assertThat(verify(UPDATE).errors()).contains("Verification successful");
    assertThat(verify("another".getBytes(StandardCharsets.UTF_8)).status()).isNotZero();
  }

  private Judge.Verdict verify(byte[] update) throws IOException {
    Files.write(folder.resolve("update"), update);
    return Judge.named("openssl")
        .runIn(
            folder,
            "smime -verify -inform DER -in signature -content update -binary -noverify -certfile cert.pem"
                .split(" ", -1));
  }
}
