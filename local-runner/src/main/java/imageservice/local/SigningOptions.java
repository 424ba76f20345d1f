package imageservice.local;

import imageservice.builder.sign.PemSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that names the key by which installer images are signed.
final class SigningOptions {
  private static final String SWITCH = "--signing-key";
  private static final String VARIABLE = "IMAGE_SERVICE_SIGNING_KEY";

  @Option(
      names = SWITCH,
      paramLabel = "FILE",
      defaultValue = "${env:" + VARIABLE + "}",
      description =
          "sign installer images by this private key, RSA or Ed25519 in PEM (default: the file that $"
              + VARIABLE
              + " names; without either none is signed)")
  private @Nullable Path file;

  Optional<PemSigner> signer() throws CommandException {
    if (file == null || file.toString().isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PemSigner.of(Files.readString(file)));
    } catch (IOException e) {
      throw new CommandException("%s %s: %s".formatted(SWITCH, file, Reason.of(e)));
    } catch (IllegalArgumentException e) {
      throw new CommandException("%s %s: %s".formatted(SWITCH, file, e.getMessage()));
    }
  }
}
