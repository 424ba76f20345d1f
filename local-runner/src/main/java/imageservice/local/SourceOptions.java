package imageservice.local;

import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.oci.AllowedHosts;
import imageservice.builder.oci.Credential;
import imageservice.builder.oci.ImageSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say where release images come from.
final class SourceOptions {
  @Option(
      names = "--source",
      paramLabel = "PREFIX|oci:DIR",
      defaultValue = Source.STANDARD,
      description =
          "where release images come from: a registry's prefix, with http:// before it where it speaks plain HTTP, or a folder of OCI layouts (default: ${DEFAULT-VALUE})")
  private String source = Source.STANDARD;

  @Option(
      names = UnverifiedAdmitted.SWITCH,
      description =
          "use images whose signature is not verified; required until verification is built")
  private boolean insecure;

  @Option(
      names = Credential.SWITCH,
      paramLabel = "FILE",
      description =
          "credentials for the registry, in the form of Docker's config.json (default: $DOCKER_CONFIG/config.json, else ~/.docker/config.json)")
  private @Nullable Path credentials;

  @Option(
      names = AllowedHosts.SWITCH,
      paramLabel = "HOST[,HOST]",
      defaultValue = "",
      description =
          "hosts that the registry may send the service to for tokens and blobs, besides itself and those of well-known registries")
  private String hosts = "";

  /// The source of images, which the person must have allowed to be unverified.
  ImageSource open() throws CommandException {
    if (!insecure) {
      throw new CommandException(
          "the signatures of images from "
              + source
              + " cannot be verified yet; to use them all the same, add "
              + UnverifiedAdmitted.SWITCH);
    }
    Path home = Path.of(System.getProperty("user.home"));
    Path standard = CredentialFile.standard(System.getenv("DOCKER_CONFIG"), home);
    return new Source(new CredentialFile(Optional.ofNullable(credentials), standard), hosts)
        .open(source);
  }
}
