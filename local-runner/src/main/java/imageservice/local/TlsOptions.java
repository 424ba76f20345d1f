package imageservice.local;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that have the service speak HTTPS.
final class TlsOptions {
  static final String CERTIFICATE = "--tls-cert";
  static final String KEY = "--tls-key";

  @Option(
      names = CERTIFICATE,
      paramLabel = "FILE",
      description =
          "speak HTTPS with this certificate, in PEM, its issuers' behind it; read again when it changes; with "
              + KEY)
  private @Nullable Path certificate;

  @Option(
      names = KEY,
      paramLabel = "FILE",
      description = "the private key of the certificate, in PEM, without a password")
  private @Nullable Path key;

  /// The files; empty where the service speaks plain HTTP.
  Optional<TlsFiles> files() throws CommandException {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new CommandException(
          key == null
              ? CERTIFICATE + ": a certificate needs its key; add " + KEY + " FILE"
              : KEY + ": a key needs its certificate; add " + CERTIFICATE + " FILE");
    }
    return Optional.of(new TlsFiles(certificate, key));
  }
}
