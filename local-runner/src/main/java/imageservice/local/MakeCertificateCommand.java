package imageservice.local;

import imageservice.builder.sign.KmsKey;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `make-certificate`: the certificate of a key that was made in KMS, and stays there.
@Command(
    name = "make-certificate",
    mixinStandardHelpOptions = true,
    description = {
      "Make the certificate for secure boot of a key of AWS KMS, which signs it; once.",
      "Another one for the same key is another certificate: each machine would have to enrol it. The"
          + " key must be of RSA_2048, RSA_3072 or RSA_4096, for SIGN_VERIFY; the credentials, those"
          + " of the AWS CLI, need kms:GetPublicKey and kms:Sign."
    })
final class MakeCertificateCommand implements Callable<Integer> {
  @Option(
      names = "--key",
      paramLabel = "ARN",
      required = true,
      description = "the ARN of the key that is to sign boot loaders and UKIs")
  private String key = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "where to put the certificate, in PEM; nothing is overwritten")
  private Path out = Path.of("");

  @Mixin private CertificateOptions options = new CertificateOptions();

  @Override
  public Integer call() throws CommandException {
    options.check();
    if (Files.exists(out)) {
      throw new CommandException(
          "%s is there already, and certificates are never overwritten: name another file"
              .formatted(out));
    }
    SigningCertificate certificate = certificate();
    try {
      Files.write(
          out,
          certificate.pem().getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CommandException(out + ": " + Reason.of(e));
    }
    System.out.println(
        """
        %s has the certificate of the key; machines enrol it. Keep it, though it is no secret:
        another one would be another certificate.
        Use both: ./deploy -c secureBootKey=%s -c pcrKey=ARN -c secureBootCertificate=%s\
        """
            .formatted(out, key, Base64.getEncoder().encodeToString(certificate.der())));
    return 0;
  }

  private SigningCertificate certificate() throws CommandException {
    try (KmsKey kms = KmsKey.of(key)) {
      return options.certificate(kms.signer());
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException("--key: " + e.getMessage());
    }
  }
}
