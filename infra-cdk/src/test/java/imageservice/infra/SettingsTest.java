package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class SettingsTest {
  @TempDir Path folder = Path.of("unset");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "externalUrl | https://example.org | with a final slash",
        "pxeUrl | pxe.example.org/ | with a final slash",
        "retainAssets | no | true or false",
        "runOverlayPrograms | 1 | true or false",
        "builderMemory | 512 | a number from 1024 to 10240",
        "builderBase | lambda/java | an image with its tag or digest",
        "indexSeconds | 300 | a number from 1 to 240",
        "maxBuilders | 0 | a number from 1 to 1000",
        "maxWaiters | many | a number from 1 to 1000",
        "buildsPerDay | 0 | a number from 1 to 999999",
        "linkMinutes | 361 | a number from 1 to 360",
        "requestsPerSecond | -1 | a number from 1 to 10000",
        "monthlyBudgetUsd | 9.5 | a number from 1 to 1000000",
        "alarmEmail | operator | an address of e-mail",
        "configurationsTable | a/b | the name of a table",
        "assetBucket | Assets | the name of a bucket",
        "domainName | https://a.example/ | a name such as a.example",
        "certificateArn | certificate/c | the ARN of a certificate",
        "edgePublicKey | -----BEGIN | base64 of an RSA key in DER, in one line",
        "signingKey | arn:aws:kms:eu-central-1:1:alias/k | the ARN of a key of KMS (not of an alias)",
        "signingPublicKey | -----BEGIN | base64 of an RSA key in DER, in one line",
        "sourcePolicy | key:cosign.pub | official, keyless:ISSUER,SUBJECT, key:KEY (base64 of a public key in DER, in one line) or insecure",
        "catalogues | ghcr.io | PREFIX[@POLICY], separated by blanks, such as ghcr.io/my-org/@keyless:https://accounts.example,@my-org",
        "catalogues | ghcr.io/my-org/@key:my-org.pub | PREFIX[@POLICY], separated by blanks, such as ghcr.io/my-org/@keyless:https://accounts.example,@my-org",
        "sourcePolicy | keyless:issuer | official, keyless:ISSUER,SUBJECT, key:KEY (base64 of a public key in DER, in one line) or insecure",
        "secureBootKey | key.pem | the ARN of a key of KMS (not of an alias)",
        "secureBootCertificate | -----BEGIN | base64 of a certificate in DER, in one line",
        "pcrKey | pcr.pem | the ARN of a key of KMS (not of an alias)",
        "pcrPublicKey | -----BEGIN | base64 of an RSA key in DER, in one line",
        "idKeySecret | 00ff 00 | the ARN of a secret, or a name without -?????? at its end",
        "idKeySecret | key-AbCdEf | the ARN of a secret, or a name without -?????? at its end"
      })
  void refusesWhatNobodyCanMean(String name, String value, String meaning) {
    assertThatThrownBy(() -> Synthesis.settings(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + ", " + meaning + ": " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secureBootKey", "secureBootCertificate", "pcrKey", "pcrPublicKey"})
  void refusesKeysOfSecureBootThatAreNotAll(String name) {
    String message =
        "secureBootKey, secureBootCertificate and pcrKey go together, and pcrPublicKey with them:"
            + " give all three or none";
    assertThatThrownBy(
            () -> Synthesis.settings(Map.of(name, EverySetting.VALUES.getOrDefault(name, ""))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesADomainWithoutACertificate() {
    assertThatThrownBy(() -> Synthesis.settings(Map.of("domainName", "factory.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("domainName and certificateArn go together: give both or neither");
  }

  @Test
  void sourcesAreVerifiedUnlessOneSaysOtherwise() {
    assertThat(policy(Map.of())).isEqualTo("official");
    assertThat(policy(Map.of("insecureSources", "false"))).isEqualTo("official");
    assertThat(policy(Map.of("insecureSources", "true"))).isEqualTo("insecure");
    assertThat(policy(Map.of("sourcePolicy", "insecure"))).isEqualTo("insecure");
    String own = "keyless:https://issuer.example,@example\\.org$";
    assertThat(policy(Map.of("sourcePolicy", own))).isEqualTo(own);
    assertThatThrownBy(() -> policy(Map.of("sourcePolicy", own, "insecureSources", "true")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sourcePolicy and insecureSources contradict each other: give one of them");
  }

  private static String policy(Map<String, String> given) {
    return Synthesis.settings(given).source().policy();
  }

  @Test
  void blankSettingsAreNotGiven() {
    assertThat(Synthesis.settings(Map.of("alarmEmail", " ", "pxeUrl", "")))
        .isEqualTo(Synthesis.settings(Map.of()));
  }

  @Test
  void theAddressIsThatOfTheDomainUnlessAnotherIsGiven() {
    Map<String, String> domain =
        Map.of(
            "domainName", "factory.example",
            "certificateArn", "arn:aws:acm:eu-central-1:1:certificate/c");
    assertThat(Synthesis.settings(domain).addresses().external())
        .contains("https://factory.example/");
    assertThat(Synthesis.settings(Map.of()).addresses().external()).isEmpty();
  }

  @Test
  void whatNobodyCanMeanEndsSynthesisWithOneLine() throws Exception {
    Synthesis.requireNode();
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            InfraApp.class.getName());
    builder.environment().put("CDK_OUTDIR", folder.resolve("out").toString());
    // Whatever was built, and when.
    builder
        .environment()
        .put("CDK_CONTEXT_JSON", "{\"functionsCode\":\"placeholder\",\"maxBuilders\":\"many\"}");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(output, StandardCharsets.UTF_8))
        .containsExactly("maxBuilders, a number from 1 to 1000: many");
    assertThat(process.exitValue()).isEqualTo(1);
  }

  @Test
  void everySettingIsOnThePageAboutDeploying() throws IOException {
    assertThat(firstColumn(Path.of("../docs/deploying.md"), "[a-z][A-Za-z]+"))
        .isEqualTo(EverySetting.asked());
  }

  /// The names in the first column of a document's tables.
  static Set<String> firstColumn(Path document, String name) throws IOException {
    return Pattern.compile("(?m)^\\| `(" + name + ")`")
        .matcher(Files.readString(document))
        .results()
        .map((MatchResult row) -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
