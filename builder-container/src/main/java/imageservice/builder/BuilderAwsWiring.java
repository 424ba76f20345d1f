package imageservice.builder;

import imageservice.builder.cache.CachedBlob;
import imageservice.builder.fetch.CatalogueSetting;
import imageservice.builder.fetch.SourcePolicy;
import imageservice.builder.fetch.TrustedRoots;
import imageservice.builder.fetch.Verifier;
import imageservice.builder.oci.AllowedHosts;
import imageservice.builder.oci.Credential;
import imageservice.builder.oci.DockerConfig;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.RegistryAccess;
import imageservice.builder.oci.RegistryPrefix;
import imageservice.builder.shared.SharedSource;
import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.KmsSigner;
import imageservice.builder.sign.PemSigner;
import imageservice.builder.sign.Signer;
import imageservice.builder.store.PartBuffers;
import imageservice.builder.store.S3Material;
import imageservice.formats.blob.Blob;
import imageservice.ledger.Admissions;
import imageservice.ledger.AwsClients;
import imageservice.ledger.BuildLedger;
import imageservice.ledger.Environment;
import imageservice.ledger.ItemTable;
import imageservice.ledger.Lazy;
import imageservice.ledger.ReleaseLedger;
import imageservice.ledger.Retention;
import imageservice.ledger.S3PlanStore;
import imageservice.plan.SigningCertificate;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsClient;

/// Puts the build side together on AWS, from the environment that the stack gives its functions:
///
///     ASSET_BUCKET, BUILDS_TABLE
///     STACK_NAME            optional: the stack, for what is measured
///     SOURCE_POLICY         optional: whose signatures of images are good, official or
///                           keyless:ISSUER,SUBJECT or key:KEY (a file, or base64 of its DER), or
///                           insecure for unverified ones; else official
///     CATALOGUES            optional: PREFIX[@POLICY] of each catalogue of extensions before the
///                           official one, separated by blanks
///     TRUSTED_ROOT          optional: a trusted root of sigstore's, the file or the ARN of the
///                           secret that has it, else the one that is built in
///     SOURCE_PREFIX         optional: registry and prefix of images, else ghcr.io/siderolabs/
///     SOURCE_CREDENTIALS    optional: credentials for it in the form of Docker's config.json, the
///                           file that has them, or the ARN of the secret that has them
///     SOURCE_HOSTS          optional: hosts that the registry may send the service to, separated by
///                           commas or blanks, besides those of well-known registries
///     GRUB_KIT              optional: folder of the GRUB kit; without it there are no ISOs
///     CACHE_FOLDER          optional: folder of the cache of material, else /tmp/blobs
///     BROKEN_VERSIONS       optional: versions that are not offered, separated by blanks
///     RUN_OVERLAY_PROGRAMS  optional: `true` to run the programs of overlays whose kernel arguments
///                           the service does not know
///     SIGNING_KEY           optional: what signs installer images: the ARN of an RSA key of KMS, or a
///                           file with a private key in PEM
///     SECURE_BOOT_CERTIFICATE  optional: the certificate by which firmware verifies assets for secure
///                           boot, in PEM or in base64 of DER; with it
///     SECURE_BOOT_KEY       its private key: the ARN of an RSA key of KMS, or a file with it in PEM
///     PCR_KEY               the key that signs what a TPM will have measured, in one of these forms
///     INDEX_SECONDS         optional: seconds after which a run begins no further release
///                           document, else 120; less than the function's timeout
///     AWS_ENDPOINT_URL      optional: one address for all AWS services, else those of AWS
///
/// Lambda itself sets AWS_REGION and the credentials.
final class BuilderAwsWiring {
  private static final String KMS_KEY = "arn:[a-z-]+:kms:\\S+";

  private static final String STANDARD_CACHE = "/tmp/blobs";

  /// Parts of 10 MiB on their way to or from the store at once.
  private static final int PARTS = 5;

  private static final long STANDARD_INDEX_SECONDS = 120;

  /// A function runs for at most 15 minutes; a build needs some of them after its downloads.
  private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(10);

  private final Environment environment;
  private final AwsClients aws;
  private final Supplier<KmsClient> kms;

  BuilderAwsWiring(Map<String, String> variables) {
    this.environment = new Environment(variables);
    this.aws = new AwsClients(environment);
    this.kms = new Lazy<>(() -> aws.configured(KmsClient.builder()).build());
  }

  static BuilderAwsWiring fromEnvironment() {
    return new BuilderAwsWiring(System.getenv());
  }

  Builder builder() throws IOException {
    String bucket = environment.required("ASSET_BUCKET");
    S3Material material = material(bucket);
    BuildLog log = buildLog();
    ImageSource registry = registry();
    return wiring(new SharedSource(registry, material, log::unkept), registry)
        .builder(builds(), new S3PlanStore(aws.s3(), bucket), material.sink(), log);
  }

  S3Material material(String bucket) {
    PartBuffers buffers = new PartBuffers(PARTS);
    return new S3Material(
        aws.s3(),
        bucket,
        buffers,
        buffers,
        InstantSource.system(),
        Retention.FRESH,
        BuilderAwsWiring::digest);
  }

  private static Optional<Digest> digest(Blob content) {
    return content instanceof CachedBlob cached ? Optional.of(cached.digest()) : Optional.empty();
  }

  BuildLog buildLog() {
    return BuildLog.json(environment.lines(System.out, InstantSource.system()));
  }

  IndexLog indexLog() {
    return IndexLog.json(environment.lines(System.out, InstantSource.system()));
  }

  BuildLedger ledger() {
    return new BuildLedger(builds());
  }

  ReleaseLedger releases() {
    return new ReleaseLedger(builds());
  }

  ReleaseIndexing indexing() throws IOException {
    ImageSource registry = registry();
    return wiring(registry, registry).indexing(builds(), indexBudget(), indexLog());
  }

  private ImageSource registry() throws IOException {
    return BuilderWiring.registry(access(), LONGEST_DOWNLOAD);
  }

  /// @param registry has signatures, which only verifiers read
  private BuilderWiring wiring(ImageSource source, ImageSource registry) throws IOException {
    BuilderWiring wiring =
        BuilderWiring.open(
            settings(), new BuilderWiring.From(source, verifier(registry)), catalogues());
    Optional<String> folder = environment.optional("GRUB_KIT");
    if (folder.isPresent() && wiring.kitDigest().isEmpty()) {
      throw new IllegalStateException("GRUB_KIT: there is no kit in its folder");
    }
    return wiring;
  }

  private SequencedMap<String, BuilderWiring.From> catalogues() throws IOException {
    List<String> texts =
        environment
            .optional(CatalogueSetting.VARIABLE)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(text -> List.of(text.split("\\s+", -1)))
            .orElse(List.of());
    SequencedMap<String, BuilderWiring.From> catalogues = new LinkedHashMap<>();
    for (CatalogueSetting each :
        parsed(CatalogueSetting.VARIABLE, texts, CatalogueSetting::parse)) {
      ImageSource source = BuilderWiring.registry(access(each.prefix()), LONGEST_DOWNLOAD);
      Verifier verifier = each.policy().verifier(source, trustedRoots(), new Admissions(builds()));
      catalogues.put(each.prefix().toString(), new BuilderWiring.From(source, verifier));
    }
    return catalogues;
  }

  private RegistryAccess access() throws IOException {
    return access(
        parsed(
            "SOURCE_PREFIX",
            environment.optional("SOURCE_PREFIX").orElse(BuilderWiring.STANDARD_SOURCE),
            RegistryPrefix::parse));
  }

  private RegistryAccess access(RegistryPrefix prefix) throws IOException {
    AllowedHosts hosts =
        parsed(
            AllowedHosts.VARIABLE,
            environment.optional(AllowedHosts.VARIABLE).orElse(""),
            AllowedHosts::parse);
    return new RegistryAccess(prefix, credential(prefix), hosts);
  }

  private Credential credential(RegistryPrefix prefix) throws IOException {
    String value = environment.optional(Credential.VARIABLE).orElse("{}").strip();
    String text = aws.secrets().reveal(Credential.VARIABLE, value);
    byte[] json =
        text.startsWith("{")
            ? text.getBytes(StandardCharsets.UTF_8)
            : Files.readAllBytes(Path.of(text));
    return parsed(Credential.VARIABLE, json, content -> DockerConfig.find(content, prefix));
  }

  private static <T, R> R parsed(String variable, T value, Function<T, R> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(variable + ": " + e.getMessage(), e);
    }
  }

  /// The cache may fill half of the disk that holds it; scratch files need the rest.
  private BuilderWiring.Settings settings() throws IOException {
    Path cache =
        Files.createDirectories(
            Path.of(environment.optional("CACHE_FOLDER").orElse(STANDARD_CACHE)));
    return new BuilderWiring.Settings(
        cache,
        Files.getFileStore(cache).getTotalSpace() / 2,
        environment.optional("GRUB_KIT").map(Path::of),
        environment.isTrue("RUN_OVERLAY_PROGRAMS"),
        Set.copyOf(environment.brokenVersions()),
        signer(),
        bootKeys());
  }

  private Optional<Signer> signer() throws IOException {
    String key = environment.optional("SIGNING_KEY").orElse("").strip();
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(signer("SIGNING_KEY", key, PemSigner::of));
  }

  private Signer signer(String variable, String key, Function<String, Signer> parser)
      throws IOException {
    return key.matches(KMS_KEY)
        ? new KmsSigner(kms, key)
        : parsed(variable, Files.readString(Path.of(key)), parser);
  }

  private Optional<BootKeyring> bootKeys() throws IOException {
    Optional<String> text = environment.optional("SECURE_BOOT_CERTIFICATE");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BootKeyring(
            parsed("SECURE_BOOT_CERTIFICATE", text.get(), SigningCertificate::parse),
            bootSigner("SECURE_BOOT_KEY", environment.required("SECURE_BOOT_KEY")),
            bootSigner("PCR_KEY", environment.required("PCR_KEY")),
            Optional.empty()));
  }

  private Signer bootSigner(String variable, String key) throws IOException {
    return signer(variable, key.strip(), PemSigner::forBoot);
  }

  private ItemTable builds() {
    return aws.table(environment.required("BUILDS_TABLE"));
  }

  private Verifier verifier(ImageSource registry) throws IOException {
    return policy().verifier(registry, trustedRoots(), new Admissions(builds()));
  }

  private SourcePolicy policy() {
    return parsed(
        SourcePolicy.VARIABLE,
        environment.optional(SourcePolicy.VARIABLE).orElse(SourcePolicy.OFFICIAL),
        SourcePolicy::parse);
  }

  private TrustedRoots trustedRoots() throws IOException {
    String value = environment.optional(TrustedRoots.VARIABLE).orElse("").strip();
    if (value.isEmpty()) {
      return TrustedRoots.shipped();
    }
    String text = aws.secrets().reveal(TrustedRoots.VARIABLE, value);
    byte[] json =
        text.startsWith("{")
            ? text.getBytes(StandardCharsets.UTF_8)
            : Files.readAllBytes(Path.of(text));
    return parsed(TrustedRoots.VARIABLE, json, TrustedRoots::of);
  }

  private Duration indexBudget() {
    return Duration.ofSeconds(environment.number("INDEX_SECONDS").orElse(STANDARD_INDEX_SECONDS));
  }
}
