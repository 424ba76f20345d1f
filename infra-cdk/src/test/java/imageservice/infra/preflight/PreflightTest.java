package imageservice.infra.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.infra.Packaged;
import imageservice.infra.Settings;
import imageservice.infra.preflight.Finding.Missing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PreflightTest {
  private static final String NODE =
      "Node 22 or later is needed, and %s: install it (https://nodejs.org), npx with it";
  private static final String STACK =
      "the stack is there already, and its settings are not: bring the deploy.json of its last"
          + " deployment here, or write one (docs/deploying.md)";

  private final Preflight preflight = new Preflight("aws-cdk@2.0");

  @Test
  void findsNothingWhereAllIsThere() {
    assertThat(preflight.findings(machine(24), account(1000), choices(Map.of()))).isEmpty();
  }

  @Test
  void findsAllThatIsMissingAtOnce() {
    Account nothing =
        new Account(
            Optional.empty(),
            new Fact.Absent<>(),
            new Fact.Absent<>(),
            new Fact.Absent<>(),
            new Fact.Absent<>(),
            Optional.empty());
    Choices wrong = new Choices(List.of("wrong: x"), Optional.empty(), false);
    assertThat(
            lines(
                preflight.findings(new Machine(Optional.empty(), 22, all(), true), nothing, wrong)))
        .containsExactly(
            NODE.formatted("none is on the PATH"),
            "curl, which asks the deployed service, is missing: install it",
            "GRUB's boot code is made of Debian's packages, and this machine has no apt-get, dpkg,"
                + " dpkg-deb, flock: make it on Debian or Ubuntu with grub-kit/make-grub-kit --out"
                + " DIR, and give --grub-kit DIR",
            "no AWS region: set AWS_REGION, or run: aws configure set region REGION",
            "no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                + " or run: aws configure",
            "wrong: x");
  }

  @Test
  void saysWhichNodeIsTooOldAndWhetherNpxIsMissingBesideIt() {
    assertThat(missing(machine(20), account(1000), choices(Map.of())))
        .containsExactly(NODE.formatted("this is 20"));
    Machine without = new Machine(Optional.of(22), 22, new TreeSet<>(Set.of("npx", "dpkg")), false);
    assertThat(missing(without, account(1000), choices(Map.of())))
        .containsExactly("npx, which comes with npm, is not on the PATH: install npm");
  }

  @Test
  void namesTheCommandThatPreparesTheRegion() {
    assertThat(missing(new Fact.Absent<>(), new Fact.Known<>(1000), new Fact.Absent<>()))
        .containsExactly(
            "CDK is not prepared in this region; run: npx aws-cdk@2.0 bootstrap"
                + " aws://123456789012/eu-central-1");
    assertThat(missing(new Fact.Known<>(5), new Fact.Known<>(1000), new Fact.Absent<>()))
        .containsExactly(
            "CDK's bootstrap stack is of version 5, and 6 is needed; run: npx aws-cdk@2.0 bootstrap"
                + " aws://123456789012/eu-central-1");
    assertThat(missing(new Fact.Known<>(6), new Fact.Known<>(1000), new Fact.Absent<>())).isEmpty();
  }

  @Test
  void saysWhatCannotBeReadAndWhatToAllow() {
    Fact.Unreadable<Integer> denied = new Fact.Unreadable<>("denied");
    assertThat(missing(denied, new Fact.Known<>(1000), new Fact.Unreadable<>("denied")))
        .containsExactly(
            "whether CDK is prepared cannot be read; allow ssm:GetParameter: denied",
            "whether the stack is there cannot be read; allow cloudformation:DescribeStacks:"
                + " denied");
    assertThat(missing(new Fact.Known<>(29), denied, new Fact.Absent<>())).isEmpty();
  }

  /// New accounts run ten.
  @Test
  void aSmallAccountIsToldHowManyMayBuildAndWaitInIt() {
    assertThat(missing(machine(22), account(10), choices(Map.of())))
        .containsExactly(
            "this account runs 10 functions at once, and maxBuilders 20 with maxWaiters 50 need 73;"
                + " add -c maxBuilders=4 -c maxWaiters=3, or ask for more in Service Quotas"
                + " (Lambda, L-B99A9384)");
    Choices told = choices(Map.of("maxBuilders", "4", "maxWaiters", "3"));
    assertThat(missing(machine(22), account(10), told)).isEmpty();
    assertThat(missing(machine(22), account(9), told)).hasSize(1);
    assertThat(missing(machine(22), account(73), choices(Map.of()))).isEmpty();
  }

  @Test
  void refusesToGiveAStackStandardSettingsInPlaceOfItsOwn() {
    Settings settings = settings(Map.of());
    Choices forgotten = new Choices(List.of(), Optional.of(settings), false);
    Account deployed =
        new Account(
            Optional.of("eu-central-1"),
            new Fact.Known<>("123456789012"),
            new Fact.Known<>(29),
            new Fact.Known<>(1000),
            new Fact.Known<>(true),
            Optional.empty());
    assertThat(missing(machine(22), deployed, forgotten)).containsExactly(STACK);
    assertThat(missing(machine(22), deployed, choices(Map.of()))).isEmpty();
    assertThat(missing(machine(22), account(1000), forgotten)).isEmpty();
  }

  @Test
  void aKeyThatSignsIsLookedAtBeforeAnythingIsMade() {
    Machine machine = machine(22);
    assertThat(missing(machine, signing(new Fact.Known<>("MII")), choices(Map.of()))).isEmpty();
    assertThat(missing(machine, signing(new Fact.Absent<>()), choices(Map.of())))
        .containsExactly(
            "signingKey names no RSA key of KMS that signs; make one with: aws kms create-key"
                + " --key-spec RSA_3072 --key-usage SIGN_VERIFY");
    assertThat(missing(machine, signing(new Fact.Unreadable<>("denied")), choices(Map.of())))
        .containsExactly(
            "the public half of signingKey cannot be read; allow kms:GetPublicKey, or give"
                + " signingPublicKey: denied");
  }

  private List<String> missing(
      Fact<Integer> bootstrap, Fact<Integer> concurrency, Fact<Boolean> stack) {
    Account account =
        new Account(
            Optional.of("eu-central-1"),
            new Fact.Known<>("123456789012"),
            bootstrap,
            concurrency,
            stack,
            Optional.empty());
    return missing(machine(22), account, choices(Map.of()));
  }

  private List<String> missing(Machine machine, Account account, Choices choices) {
    return lines(
        preflight.findings(machine, account, choices).stream()
            .filter(Missing.class::isInstance)
            .toList());
  }

  private static List<String> lines(List<Finding> findings) {
    return findings.stream().map(Finding::line).toList();
  }

  private static Machine machine(int node) {
    return new Machine(Optional.of(node), 22, new TreeSet<>(), true);
  }

  private static SortedSet<String> all() {
    TreeSet<String> all = new TreeSet<>(Machine.PROGRAMS);
    all.addAll(Machine.KIT_PROGRAMS);
    return all;
  }

  private static Account account(int concurrency) {
    return new Account(
        Optional.of("eu-central-1"),
        new Fact.Known<>("123456789012"),
        new Fact.Known<>(29),
        new Fact.Known<>(concurrency),
        new Fact.Absent<>(),
        Optional.empty());
  }

  private static Account signing(Fact<String> key) {
    return new Account(
        Optional.of("eu-central-1"),
        new Fact.Known<>("123456789012"),
        new Fact.Known<>(29),
        new Fact.Known<>(1000),
        new Fact.Absent<>(),
        Optional.of(key));
  }

  private static Choices choices(Map<String, String> given) {
    return new Choices(List.of(), Optional.of(settings(given)), true);
  }

  private static Settings settings(Map<String, String> given) {
    return Settings.of(name -> Optional.ofNullable(given.get(name)), Packaged.NOTHING);
  }
}
