package imageservice.local;

import imageservice.builder.sign.SelfSigned;
import imageservice.builder.sign.Signer;
import imageservice.plan.BootKeys;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Option;

/// What a new certificate for secure boot is to say.
final class CertificateOptions {
  private static final int YEARS = 10;
  private static final int SERIAL_BITS = 127;
  private static final int LONGEST_NAME = 64;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "UKI Signing Key",
      description = "the certificate's name, which firmware shows (default: ${DEFAULT-VALUE})")
  private String name = "";

  void check() throws CommandException {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new CommandException("--name: 1 to %d characters".formatted(LONGEST_NAME));
    }
  }

  /// A new certificate of the key, signed by it.
  ///
  /// @throws IllegalArgumentException where firmware could not verify with the key
  SigningCertificate certificate(Signer signer) throws IOException {
    BootKeys.require(signer.key().key());
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new SelfSigned(
            name,
            new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
            now,
            now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant())
        .certificate(signer);
  }
}
