package imageservice.infra;

import java.util.Optional;
import java.util.function.Function;

/// What whoever deploys decides, each a context value of this name (`./deploy -c name=value`).
/// `docs/deploying.md` tells what each means.
///
/// @param idKeySecret the secret with the key of configuration ids, in hex; absent, ids are plain
///   hashes
/// @param signing what signs installer images; absent, none is signed
/// @param bootKeys of secure boot; absent, there are no assets for it
/// @param alarmEmail who is told of alarms
/// @param monthlyBudgetUsd US dollars a month that the account is meant to cost
public record Settings(
    Code code,
    Addresses addresses,
    Source source,
    Kept kept,
    Limits limits,
    Optional<SecretName> idKeySecret,
    Optional<Signing> signing,
    Optional<BootKeys> bootKeys,
    Optional<String> alarmEmail,
    Optional<Integer> monthlyBudgetUsd) {
  /// The standard ones, but for what the context has. What cannot be meant is an
  /// `IllegalArgumentException` of one line.
  ///
  /// @param packaged what there is to deploy
  public static Settings of(Function<String, Optional<String>> values, Packaged packaged) {
    Context context = new Context(values);
    return new Settings(
        Code.of(context, packaged),
        Addresses.of(context),
        Source.of(context),
        Kept.of(context),
        Limits.of(context),
        SecretName.of(context, "idKeySecret"),
        Signing.of(context),
        BootKeys.of(context),
        context.matching("alarmEmail", "[^@\\s]+@[^@\\s]+", "an address of e-mail"),
        context.optionalNumber("monthlyBudgetUsd", 1, 1_000_000));
  }

  /// What runs.
  ///
  /// @param functions the request side's code
  /// @param builder what is in the builder's image
  /// @param repository the ECR repository that has the builder's image
  /// @param image its digest (`sha256:…`) or tag; a digest deploys what was pushed, nothing later
  /// @param base the image that the builder's is made on, by digest or tag
  /// @param memory of a builder, in MB; its share of processors and network comes with it
  public record Code(
      FunctionsCode functions,
      BuilderCode builder,
      String repository,
      String image,
      String base,
      int memory) {
    private static Code of(Context context, Packaged packaged) {
      return new Code(
          FunctionsCode.of(context.text("functionsCode", packaged.functions())),
          packaged.builder(),
          context.text("builderRepository", "image-service-builder"),
          context.text("builderImage", "latest"),
          context
              .matching("builderBase", BASE, "an image with its tag or digest")
              .orElse("public.ecr.aws/lambda/java:25"),
          context.number("builderMemory", 1_024, MOST_MEMORY, MOST_MEMORY));
    }

    private static final String BASE =
        "[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+(:[\\w.-]+|@sha256:[0-9a-f]{64})";

    /// The most there is: with it come the most processors and the fastest network.
    private static final int MOST_MEMORY = 10_240;

    boolean isPlaceholder() {
      return functions.path().equals(FunctionsCode.PLACEHOLDER);
    }
  }

  /// Where the service is.
  ///
  /// @param external the address people use, with a final slash; absent, it is the domain's, else
  ///   the API's own
  /// @param pxe the address for machines that boot over the network, with a final slash; absent, it
  ///   is the other one
  /// @param frontCarriesLength whether another CDN in front of the API passes `Content-Length` on
  ///   in answers to HEAD; API Gateway alone does not
  /// @param edge the stack's own CDN
  record Addresses(
      Optional<String> external,
      Optional<String> pxe,
      Optional<Domain> domain,
      boolean frontCarriesLength,
      Optional<Edge> edge) {
    private static Addresses of(Context context) {
      Optional<Edge> edge = Edge.of(context);
      Optional<Domain> domain = Domain.of(context, edge.isPresent());
      return new Addresses(
          context.address("externalUrl").or(() -> domain.map(Domain::url)),
          context.address("pxeUrl"),
          domain,
          context.flag("frontCarriesLength", false),
          edge);
    }
  }

  /// A CDN in front of API and bucket.
  ///
  /// @param publicKey by which it knows links that the service signed: base64 of DER, in one line,
  ///   since CDK's command line ends a value where its line ends
  /// @param keySecret the secret with the private key, by which the service signs them
  record Edge(String publicKey, SecretName keySecret) {
    private static final String ONE_LINE = "MII[A-Za-z0-9+/]+={0,2}";

    private static Optional<Edge> of(Context context) {
      Optional<String> key =
          context.matching("edgePublicKey", ONE_LINE, "base64 of an RSA key in DER, in one line");
      Optional<SecretName> secret = SecretName.of(context, "edgeKeySecret");
      if (key.isPresent() != secret.isPresent()) {
        throw new IllegalArgumentException(
            "edgePublicKey and edgeKeySecret go together: give both or neither");
      }
      return key.map(text -> new Edge(text, secret.orElseThrow()));
    }

    /// The key as CloudFront takes it.
    String pem() {
      return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
          .formatted(publicKey.replaceAll("(.{64})(?=.)", "$1\n"));
    }
  }

  /// A domain of one's own.
  ///
  /// @param certificateArn of a certificate in the stack's region; with a CDN, in us-east-1
  record Domain(String name, String certificateArn) {
    private static final String OF_EDGE = "arn:[a-z-]+:acm:us-east-1:\\S+";

    private static Optional<Domain> of(Context context, boolean hasEdge) {
      Optional<String> name =
          context.matching("domainName", "[a-z0-9-]+(\\.[a-z0-9-]+)+", "a name such as a.example");
      Optional<String> certificate =
          context.matching("certificateArn", "arn:[a-z-]+:acm:\\S+", "the ARN of a certificate");
      if (name.isPresent() != certificate.isPresent()) {
        throw new IllegalArgumentException(
            "domainName and certificateArn go together: give both or neither");
      }
      if (hasEdge) {
        context.matching(
            "certificateArn",
            OF_EDGE,
            "the ARN of a certificate in us-east-1, as CloudFront takes");
      }
      return name.map(n -> new Domain(n, certificate.orElseThrow()));
    }

    String url() {
      return "https://" + name + "/";
    }
  }

  /// Where releases come from.
  ///
  /// @param prefix registry and prefix of their container images
  /// @param hosts that the registry may send the service to
  /// @param credentials the secret with credentials for the registry
  /// @param policy whose signatures of them are good
  /// @param catalogues of extensions before the official one, `PREFIX[@POLICY]`, separated by
  ///   blanks
  /// @param trustedRoot the secret with sigstore's trusted root, where it is not the one built in
  /// @param broken versions that are withheld
  /// @param runsOverlayPrograms whether the builder runs the programs of overlays that are not
  ///   known
  /// @param proxied whether the registry passes the releases' own images on
  /// @param indexSeconds after which a run of the index begins no further document
  record Source(
      String prefix,
      Optional<String> hosts,
      Optional<SecretName> credentials,
      String policy,
      Optional<String> catalogues,
      Optional<SecretName> trustedRoot,
      Optional<String> broken,
      boolean runsOverlayPrograms,
      boolean proxied,
      Optional<Integer> indexSeconds) {
    private static final String OFFICIAL = "official";
    private static final String INSECURE = "insecure";

    private static Source of(Context context) {
      return new Source(
          context.text("sourcePrefix", "ghcr.io/siderolabs/"),
          context.optional("sourceHosts"),
          SecretName.of(context, "sourceCredentialsSecret"),
          policy(context),
          context.matching(
              "catalogues",
              CATALOGUE + "(\\s+" + CATALOGUE + ")*",
              "PREFIX[@POLICY], separated by blanks, such as"
                  + " ghcr.io/my-org/@keyless:https://accounts.example,@my-org"),
          SecretName.of(context, "trustedRootSecret"),
          context.optional("brokenVersions"),
          context.flag("runOverlayPrograms", false),
          context.flag("proxySources", false),
          context.optionalNumber("indexSeconds", 1, BuilderFunctions.LONGEST_SECONDS - 60));
    }

    /// As the builder reads it; a key is given as base64, since the builder has no files of it.
    private static final String POLICY =
        OFFICIAL + "|" + INSECURE + "|keyless:[^,\\s]+,\\S+|key:M[A-Za-z0-9+/]+={0,2}";

    private static final String CATALOGUE = "[^\\s@/]+/[^\\s@]*(@(" + POLICY + "))?";

    private static String policy(Context context) {
      Optional<String> policy =
          context.matching(
              "sourcePolicy",
              POLICY,
              "official, keyless:ISSUER,SUBJECT, key:KEY (base64 of a public key in DER, in one"
                  + " line) or insecure");
      if (!context.flag("insecureSources", false)) {
        return policy.orElse(OFFICIAL);
      }
      if (policy.isPresent() && !policy.get().equals(INSECURE)) {
        throw new IllegalArgumentException(
            "sourcePolicy and insecureSources contradict each other: give one of them");
      }
      return INSECURE;
    }
  }

  /// The key that signs.
  ///
  /// @param key the ARN of a key of KMS
  /// @param publicKey its public half: base64 of DER, in one line; absent where KMS is to be asked
  public record Signing(String key, Optional<String> publicKey) {
    /// The setting that has the public half.
    public static final String PUBLIC_KEY = "signingPublicKey";

    private static final String ARN = "arn:[a-z-]+:kms:\\S+:key/\\S+";
    private static final String ONE_LINE = "MII[A-Za-z0-9+/]+={0,2}";

    private static Optional<Signing> of(Context context) {
      Optional<String> key =
          context.matching("signingKey", ARN, "the ARN of a key of KMS (not of an alias)");
      Optional<String> publicKey =
          context.matching(PUBLIC_KEY, ONE_LINE, "base64 of an RSA key in DER, in one line");
      if (key.isEmpty() && publicKey.isPresent()) {
        throw new IllegalArgumentException(
            "signingPublicKey goes with signingKey: give that too, or neither");
      }
      return key.map(arn -> new Signing(arn, publicKey));
    }

    /// @throws IllegalArgumentException where nobody gave it
    String requiredPublicKey() {
      return publicKey.orElseThrow(() ->
          new IllegalArgumentException("signingPublicKey is not given: ./deploy asks KMS for it"));
    }
  }

  /// What is kept, and where an older stack's tables and bucket go on. Those named are used as they
  /// are; the stack makes the others.
  ///
  /// @param retainAssets whether a bucket that the stack makes outlives it
  public record Kept(
      Optional<String> configurationsTable,
      Optional<String> buildsTable,
      Optional<String> assetBucket,
      boolean retainAssets) {
    private static final String TABLE = "[A-Za-z0-9_.-]{3,255}";
    private static final String BUCKET = "[a-z0-9.-]{3,63}";

    private static Kept of(Context context) {
      return new Kept(
          context.matching("configurationsTable", TABLE, "the name of a table"),
          context.matching("buildsTable", TABLE, "the name of a table"),
          context.matching("assetBucket", BUCKET, "the name of a bucket"),
          context.flag("retainAssets", true));
    }
  }

  /// What keeps costs down.
  ///
  /// @param requests a second, of all clients and all routes together
  /// @param configurations the same for the routes that store
  /// @param assets the same for each route that can order builds
  /// @param builders builds that are open at once
  /// @param waiters requests that wait for builds at once, each in an instance of a function
  /// @param builds that are ordered a day
  /// @param linkMinutes for which a link to an object is valid
  public record Limits(
      int requests,
      int configurations,
      int assets,
      int builders,
      int waiters,
      int builds,
      Optional<Integer> linkMinutes) {
    /// Instances for requests that do not wait and for the index.
    private static final int OTHERS = 3;

    private static final int MOST = 10_000;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_BUILDS = 999_999;

    /// Credentials of a function, which sign links, live for some hours.
    private static final int LONGEST_LINK = 360;

    private static Limits of(Context context) {
      return new Limits(
          context.number("requestsPerSecond", 1, MOST, 100),
          context.number("configurationsPerSecond", 1, MOST, 20),
          context.number("assetsPerSecond", 1, MOST, 50),
          context.number("maxBuilders", 1, MOST_AT_ONCE, 20),
          context.number("maxWaiters", 1, MOST_AT_ONCE, 50),
          context.number("buildsPerDay", 1, MOST_BUILDS, 2_000),
          context.optionalNumber("linkMinutes", 1, LONGEST_LINK));
    }

    /// How many functions may have to run at once.
    public int atOnce() {
      return builders + waiters + OTHERS;
    }

    /// How many requests may wait where an account runs so many functions at once.
    public static int waitersOf(int concurrency) {
      return Math.max(1, (concurrency - OTHERS) / 2);
    }

    /// How many builds may be open at the same time as these.
    public static int buildersOf(int concurrency) {
      return Math.max(1, concurrency - OTHERS - waitersOf(concurrency));
    }
  }
}
