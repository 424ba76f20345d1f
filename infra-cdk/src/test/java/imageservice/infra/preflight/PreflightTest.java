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

  /// By `openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj /CN=a`, as base64 of DER.
  private static final String CERTIFICATE =
      "MIIC+zCCAeOgAwIBAgIUL6A1Hn82CTf2YTBOD/lZNCHYY9UwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwB"
          + "YTAgFw0yNjExMjkwODQ1NTlaGA8yMTI2MTEwNTA4NDU1OVowDDEKMAgGA1UEAwwBYTCCASIwDQYJKoZIhvcN"
          + "AQEBBQADggEPADCCAQoCggEBALqEURCEutTL07tZDJO83pKRq6d7NSDO7D7IRYcs0CRADAsrqxcU49Nmsx40"
          + "f1KB3HJDjDkurYRKhwPk8WRrXk4lZBpF1L5aZxXdj47vIVyxhruynRLN7zS3F9oMJL/wx6lvvAHxNE16u9fP"
          + "kbbgsDJkCISmdxLjJ3moWxpRwIocrwX0XcgU6HNPDEG8jt9naKdDbaP7ABFRs59Im4Ip5wynhiAX9XivUIgM"
          + "U1pDj5gRAk4t7AI8sbHLgh0N3wak0MhsrIulAlpAZq/DAO92q40NioB9HeKpluo3zAJzuD3gUDrxZlqJB+3B"
          + "KX2epqF3Y8m1XuhA2nYwH47hol8n7SsCAwEAAaNTMFEwHQYDVR0OBBYEFAQANNubJJS6vwkfPtieKDhCswSf"
          + "MB8GA1UdIwQYMBaAFAQANNubJJS6vwkfPtieKDhCswSfMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQEL"
          + "BQADggEBAD4JL8bDV1LnNMal8pTanQRYzpO13Fq56gLMjs7hn1cFsvPis4Y8YIEoet9tNSzHc8lQuEDKaPls"
          + "vQ0v8D3nCxKas8I6bcLtQFT9C4Mc6kHLD2YaxuQ4Bj8ZNeBorb8xHxFEnudHrXYfgZV8BKsFqBr+zQ3OkiXI"
          + "YjeWh1BBaQTGxWd7qO5NcfYBD9gTxCcpKLzKx5wuMuQvCd6jR1Nw/895fAGpTw6yyHOdz6gkIpzz1+VjcF58"
          + "tm/OqslerMdu7lWxDbWs93gERimLB6Nuz7jkaoEFOsuX89+kK3TghCAWs3XO3HT4ScPh/ekRkQE2hULuRFtR"
          + "4TVVZ2eb2KlW4dw=";

  /// The key in it.
  private static final String CERTIFIED_KEY =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuoRREIS61MvTu1kMk7zekpGrp3s1IM7sPshFhyzQ"
          + "JEAMCyurFxTj02azHjR/UoHcckOMOS6thEqHA+TxZGteTiVkGkXUvlpnFd2Pju8hXLGGu7KdEs3vNLcX2gwk"
          + "v/DHqW+8AfE0TXq718+RtuCwMmQIhKZ3EuMneahbGlHAihyvBfRdyBToc08MQbyO32dop0Nto/sAEVGzn0ib"
          + "ginnDKeGIBf1eK9QiAxTWkOPmBECTi3sAjyxscuCHQ3fBqTQyGysi6UCWkBmr8MA73arjQ2KgH0d4qmW6jfM"
          + "AnO4PeBQOvFmWokH7cEpfZ6moXdjybVe6EDadjAfjuGiXyftKwIDAQAB";

  private static final Fact<String> KNOWN = new Fact.Known<>("MII");
  private static final Fact<String> DENIED = new Fact.Unreadable<>("denied");

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
            Map.of());
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
            Map.of());
    assertThat(missing(machine(22), deployed, forgotten)).containsExactly(STACK);
    assertThat(missing(machine(22), deployed, choices(Map.of()))).isEmpty();
    assertThat(missing(machine(22), account(1000), forgotten)).isEmpty();
  }

  @Test
  void aKeyThatSignsIsLookedAtBeforeAnythingIsMade() {
    Machine machine = machine(22);
    Map<String, String> none = Map.of();
    assertThat(missing(machine, keys(Map.of("signingKey", KNOWN)), choices(none))).isEmpty();
    assertThat(missing(machine, keys(Map.of("signingKey", new Fact.Absent<>())), choices(none)))
        .containsExactly(
            "signingKey names no RSA key of KMS that signs; make one with: aws kms create-key"
                + " --key-spec RSA_3072 --key-usage SIGN_VERIFY");
    assertThat(
            missing(
                machine,
                keys(Map.of("signingKey", DENIED, "pcrKey", new Fact.Absent<>())),
                choices(none)))
        .containsExactly(
            "the public half of signingKey cannot be read; allow kms:GetPublicKey, or give"
                + " signingPublicKey: denied",
            "pcrKey names no RSA key of KMS that signs; make one with: aws kms create-key"
                + " --key-spec RSA_2048 --key-usage SIGN_VERIFY");
  }

  @Test
  void theCertificateOfSecureBootMustBeTheKeys() {
    assertThat(boot(new Fact.Known<>(CERTIFIED_KEY), CERTIFICATE)).isEmpty();
    assertThat(boot(KNOWN, CERTIFICATE))
        .containsExactly(
            "secureBootCertificate is of another key than secureBootKey; make one with:"
                + " image-service make-certificate --key arn:aws:kms:eu-central-1:1:key/a --out FILE");
    assertThat(boot(KNOWN, "MII" + "C".repeat(97)))
        .containsExactly(
            "secureBootCertificate is no certificate: write it with: openssl x509 -in FILE -outform"
                + " DER | base64 -w0");
    assertThat(boot(new Fact.Absent<>(), CERTIFICATE))
        .containsExactly(
            "secureBootKey names no RSA key of KMS that signs; make one with: aws kms create-key"
                + " --key-spec RSA_4096 --key-usage SIGN_VERIFY");
    assertThat(boot(DENIED, CERTIFICATE))
        .containsExactly(
            "whether secureBootCertificate is of secureBootKey is unknown; allow kms:GetPublicKey to"
                + " have it checked: denied");
  }

  private List<String> boot(Fact<String> key, String certificate) {
    Map<String, String> given =
        Map.of(
            "secureBootKey", "arn:aws:kms:eu-central-1:1:key/a",
            "secureBootCertificate", certificate,
            "pcrKey", "arn:aws:kms:eu-central-1:1:key/b");
    return lines(
        preflight.findings(machine(22), keys(Map.of("secureBootKey", key)), choices(given)));
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
            Map.of());
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
        Map.of());
  }

  private static Account keys(Map<String, Fact<String>> keys) {
    return new Account(
        Optional.of("eu-central-1"),
        new Fact.Known<>("123456789012"),
        new Fact.Known<>(29),
        new Fact.Known<>(1000),
        new Fact.Absent<>(),
        keys);
  }

  private static Choices choices(Map<String, String> given) {
    return new Choices(List.of(), Optional.of(settings(given)), true);
  }

  private static Settings settings(Map<String, String> given) {
    return Settings.of(name -> Optional.ofNullable(given.get(name)), Packaged.NOTHING);
  }
}
