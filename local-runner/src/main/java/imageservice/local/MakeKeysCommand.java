package imageservice.local;

import imageservice.builder.sign.PemSigner;
import imageservice.builder.sign.RsaKeys;
import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `make-keys`: keys for secure boot, made at random, as `talosctl gen secureboot` makes them.
@Command(
    name = "make-keys",
    mixinStandardHelpOptions = true,
    description = {
      "Make keys for secure boot, new ones each time.",
      "Whoever has them can make anything start on every machine that has enrolled their"
          + " certificate: keep the folder secret and back it up. Without it, those machines take no"
          + " upgrade, and new keys have to be enrolled on each."
    })
final class MakeKeysCommand implements Callable<Integer> {
  private static final int BITS = 4096;
  private static final int PCR_BITS = 2048;
  private static final String DER = "uki-signing-cert.der";

  @Parameters(paramLabel = "DIR", description = "where to put them; made where it is not there")
  private Path folder = Path.of("");

  @Mixin private CertificateOptions options = new CertificateOptions();

  @Override
  public Integer call() throws CommandException {
    options.check();
    try {
      write(files());
    } catch (IOException e) {
      throw new CommandException(folder + ": " + Reason.of(e));
    }
    System.out.println(
        """
        %s has new keys for secure boot. Whoever has this folder can sign for your machines: keep
        it secret, and back it up.
            %s   by which firmware verifies; machines enrol it
            %s    signs boot loaders and UKIs
            %s    signs what a TPM will have measured
        Use them: image-service serve --secure-boot %s\
        """
            .formatted(
                folder,
                BootKeyFolder.CERTIFICATE,
                BootKeyFolder.KEY,
                BootKeyFolder.PCR_KEY,
                folder));
    return 0;
  }

  private Map<String, byte[]> files() throws IOException, CommandException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String file :
        new String[] {BootKeyFolder.CERTIFICATE, DER, BootKeyFolder.KEY, BootKeyFolder.PCR_KEY}) {
      if (Files.exists(folder.resolve(file))) {
        throw new CommandException(
            "%s is there already, and keys are never overwritten: name another folder"
                .formatted(folder.resolve(file)));
      }
    }
    String key = newKey(BITS);
    SigningCertificate certificate = options.certificate(PemSigner.forBoot(key));
    files.put(BootKeyFolder.KEY, text(key));
    files.put(BootKeyFolder.PCR_KEY, text(newKey(PCR_BITS)));
    files.put(BootKeyFolder.CERTIFICATE, text(certificate.pem()));
    files.put(DER, certificate.der());
    return files;
  }

  private static byte[] text(String content) {
    return content.getBytes(StandardCharsets.US_ASCII);
  }

  private static String newKey(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return RsaKeys.pem((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  private void write(Map<String, byte[]> files) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path =
          Files.createFile(
              folder.resolve(file.getKey()),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(path, file.getValue(), StandardOpenOption.WRITE);
    }
  }
}
