package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What `make-certificate` refuses before it asks KMS.
final class MakeCertificateTest {
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/a";

  @TempDir Path folder = Path.of("unset");

  private static String refusal(String... arguments) {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new MakeCertificateCommand())
            .setErr(new PrintWriter(errors))
            .setExecutionExceptionHandler((e, command, parsed) -> {
              command.getErr().print(e.getMessage());
              return 1;
            })
            .execute(arguments);
    assertThat(status).isOne();
    return errors.toString();
  }

  @Test
  void refusesWhatIsNoKey() {
    for (String key : new String[] {"alias/a", "arn:aws:kms:eu-central-1:123456789012:alias/a"}) {
      assertThat(refusal("--key", key, "--out", folder.resolve("c.pem").toString()))
          .isEqualTo(
              "--key: not the ARN of a key of KMS, such as"
                  + " arn:aws:kms:eu-central-1:123456789012:key/ID (not of an alias): "
                  + key);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesToOverwriteAndNamesThatFirmwareCannotShow() throws IOException {
    Path file = folder.resolve("c.pem");
    Files.writeString(file, "mine");
    assertThat(refusal("--key", KEY, "--out", file.toString()))
        .isEqualTo(
            "%s is there already, and certificates are never overwritten: name another file", file);
    assertThat(file).hasContent("mine");
    assertThat(refusal("--key", KEY, "--out", "x", "--name", "n".repeat(65)))
        .isEqualTo("--name: 1 to 64 characters");
  }
}
