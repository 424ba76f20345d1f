package imageservice.local;

import imageservice.builder.fetch.CatalogueSetting;
import imageservice.builder.fetch.SourcePolicy;
import imageservice.builder.fetch.TrustedRoots;
import imageservice.builder.fetch.UnverifiedAdmitted;
import imageservice.builder.oci.AllowedHosts;
import imageservice.builder.oci.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say where release images come from.
final class SourceOptions {
  @Option(
      names = "--source",
      paramLabel = "PREFIX|oci:DIR",
      description =
          "where release images come from: a registry's prefix, with http:// before it where it speaks plain HTTP, or a folder of OCI layouts (default: "
              + Source.STANDARD
              + ")")
  private @Nullable String source;

  @Option(
      names = UnverifiedAdmitted.SWITCH,
      description = "use images without verifying their signatures: --source-policy insecure")
  private boolean insecure;

  @Option(
      names = SourcePolicy.SWITCH,
      paramLabel = "POLICY",
      description =
          "whose signatures of release images are good: official; keyless:ISSUER,SUBJECT, the subject as an expression; key:FILE, a public key in PEM; insecure (default: official)")
  private @Nullable String policy;

  @Option(
      names = TrustedRoots.SWITCH,
      paramLabel = "FILE",
      description =
          "sigstore's trusted root, by which signatures of people and programs are verified; read again where it changes (default: the one that is built in)")
  private @Nullable Path root;

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

  @Option(
      names = CatalogueSetting.SWITCH,
      paramLabel = "PREFIX[@POLICY]",
      description =
          "a catalogue of extensions before the official one: the image extensions below this registry's prefix, with a tag for each Talos version; POLICY as for --source-policy; may be repeated, the first one counts first")
  private List<String> catalogues = new ArrayList<>();

  VerifiedSource open() throws CommandException {
    return open(source == null ? Source.STANDARD : source, policy());
  }

  /// The demo's images, which nobody has signed.
  VerifiedSource demo(Path layouts) throws CommandException {
    requireDemo();
    return open(Source.LAYOUTS + layouts, policy == null ? new SourcePolicy.Insecure() : policy());
  }

  void requireDemo() throws CommandException {
    if (source != null) {
      throw new CommandException(
          "%s has releases of its own, so that --source %s would not be asked: give one of them"
              .formatted(DemoOptions.SWITCH, source));
    }
  }

  private VerifiedSource open(String from, SourcePolicy demanded) throws CommandException {
    Path home = Path.of(System.getProperty("user.home"));
    Path standard = CredentialFile.standard(System.getenv("DOCKER_CONFIG"), home);
    Source sources =
        new Source(new CredentialFile(Optional.ofNullable(credentials), standard), hosts);
    return new VerifiedSource(sources.open(from), demanded, roots(), catalogues(sources));
  }

  private List<VerifiedSource.Catalogue> catalogues(Source sources) throws CommandException {
    List<VerifiedSource.Catalogue> opened = new ArrayList<>();
    try {
      for (CatalogueSetting each : CatalogueSetting.parse(catalogues)) {
        opened.add(
            new VerifiedSource.Catalogue(
                each.prefix().toString(), sources.registry(each.prefix()), each.policy()));
      }
    } catch (IllegalArgumentException e) {
      throw new CommandException("%s %s".formatted(CatalogueSetting.SWITCH, e.getMessage()));
    }
    return opened;
  }

  private SourcePolicy policy() throws CommandException {
    if (policy == null) {
      return insecure ? new SourcePolicy.Insecure() : SourcePolicy.parse(SourcePolicy.OFFICIAL);
    }
    SourcePolicy demanded;
    try {
      demanded = SourcePolicy.parse(policy);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "%s %s: %s".formatted(SourcePolicy.SWITCH, policy, e.getMessage()));
    }
    if (insecure && !(demanded instanceof SourcePolicy.Insecure)) {
      throw new CommandException(
          "%s %s and %s contradict each other: give one of them"
              .formatted(SourcePolicy.SWITCH, policy, UnverifiedAdmitted.SWITCH));
    }
    return demanded;
  }

  /// A file that cannot be read now is told now, not with the first build.
  private TrustedRoots roots() throws CommandException {
    if (root == null) {
      return TrustedRoots.shipped();
    }
    TrustedRoots roots = TrustedRoots.of(root);
    try {
      roots.current();
    } catch (IOException e) {
      throw new CommandException("%s %s: %s".formatted(TrustedRoots.SWITCH, root, Reason.of(e)));
    }
    return roots;
  }
}
