package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the functions' wirings read is what the stack can give them, to the name. The names come
/// out of the wirings' sources, as do those that AWS sets itself.
final class VariablesTest {
  private static final Path REQUESTS =
      Path.of("../functions/src/main/java/imageservice/functions/AwsWiring.java");
  private static final Path BUILDS =
      Path.of("../builder-container/src/main/java/imageservice/builder/BuilderAwsWiring.java");
  private static final Path BUILDS_SOURCES = Path.of("../builder-container/src/main/java");

  /// What both wirings are made of.
  private static final List<Path> SHARED =
      List.of(
          Path.of("../ledger/src/main/java/imageservice/ledger/Environment.java"),
          Path.of("../ledger/src/main/java/imageservice/ledger/AwsClients.java"));

  private static final Pattern READ =
      Pattern.compile("\\b(?:required|optional|isTrue|number)\\(\\s*(\"?)([A-Za-z_.]+)\\1\\s*[),]");

  /// What a Java virtual machine reads.
  private static final String OF_JAVA = "JAVA_TOOL_OPTIONS";

  private static final Pattern OWN_BY_AWS = Pattern.compile("AWS_[A-Z_]+");

  @ParameterizedTest
  @CsvSource({"RequestConfiguration", "RequestAsset", "RequestRegistry", "RequestRelease"})
  void everyVariableThatTheRequestSideReadsCanBeSet(String function) throws IOException {
    assertThat(variables(function)).isEqualTo(read(REQUESTS));
  }

  @ParameterizedTest
  @CsvSource({"BuilderBuild", "BuilderIndex"})
  void everyVariableThatTheBuildSideReadsCanBeSet(String function) throws IOException {
    assertThat(variables(function)).isEqualTo(read(BUILDS));
  }

  @Test
  void bothWiringsTellOfEveryVariable() throws IOException {
    for (Path wiring : List.of(REQUESTS, BUILDS)) {
      String source = Files.readString(wiring);
      String told = source.substring(0, source.indexOf("final class"));
      assertThat(read(wiring)).allSatisfy(name -> assertThat(told).contains(name));
    }
  }

  @Test
  void namesAreFoundInTheSources() throws IOException {
    assertThat(read(REQUESTS)).contains("EXTERNAL_URL", "BROKEN_VERSIONS", "ID_KEY_HEX");
    assertThat(read(BUILDS))
        .contains("SOURCE_HOSTS", "SOURCE_CREDENTIALS", "BROKEN_VERSIONS", "INDEX_SECONDS")
        .doesNotContain("AWS_REGION");
  }

  @Test
  void everySettingHasAValueHere() {
    assertThat(EverySetting.asked()).isEqualTo(EverySetting.VALUES.keySet());
  }

  @Test
  void eachSettingReachesItsVariable() {
    JsonNode request = environment("RequestAsset");
    assertThat(request.get("BROKEN_VERSIONS").asText()).isEqualTo("v1.9.0 v1.9.1");
    assertThat(request.get("RUN_OVERLAY_PROGRAMS").asText()).isEqualTo("true");
    assertThat(request.get("LINK_MINUTES").asText()).isEqualTo("15");
    assertThat(request.get("MOST_BUILDERS").asText()).isEqualTo("4");
    assertThat(request.get("MOST_WAITERS").asText()).isEqualTo("40");
    assertThat(request.get("BUILDS_PER_DAY").asText()).isEqualTo("150");
    assertThat(request.get("ID_KEY_HEX").asText())
        .isEqualTo(EverySetting.VALUES.get("idKeySecret"));
    assertThat(request.get("SIGNING_PUBLIC_KEY").asText())
        .isEqualTo(EverySetting.VALUES.get("signingPublicKey"));
    assertThat(environment("BuilderBuild").get("SIGNING_KEY").asText())
        .isEqualTo(EverySetting.VALUES.get("signingKey"));
    assertThat(request.get("SECURE_BOOT_CERTIFICATE").asText())
        .isEqualTo(EverySetting.VALUES.get("secureBootCertificate"));
    assertThat(request.get("PCR_PUBLIC_KEY").asText())
        .isEqualTo(EverySetting.VALUES.get("pcrPublicKey"));
    JsonNode builder = environment("BuilderBuild");
    assertThat(builder.get("SECURE_BOOT_CERTIFICATE").asText())
        .isEqualTo(EverySetting.VALUES.get("secureBootCertificate"));
    assertThat(builder.get("SECURE_BOOT_KEY").asText())
        .isEqualTo(EverySetting.VALUES.get("secureBootKey"));
    assertThat(builder.get("PCR_KEY").asText()).isEqualTo(EverySetting.VALUES.get("pcrKey"));
    assertThat(request.get("EDGE_HOST").asText()).isEqualTo("factory.example");
    JsonNode build = environment("BuilderIndex");
    assertThat(build.get("BROKEN_VERSIONS").asText()).isEqualTo("v1.9.0 v1.9.1");
    assertThat(build.get("RUN_OVERLAY_PROGRAMS").asText()).isEqualTo("true");
    assertThat(build.get("INDEX_SECONDS").asText()).isEqualTo("200");
    assertThat(build.get("SOURCE_PREFIX").asText()).isEqualTo("registry.example/talos/");
    assertThat(build.get("SOURCE_CREDENTIALS").toString())
        .contains(":secretsmanager:", ":secret:image-service/registry");
  }

  private static Set<String> variables(String function) {
    Set<String> names = new TreeSet<>();
    environment(function).fieldNames().forEachRemaining(names::add);
    names.remove(OF_JAVA);
    return names;
  }

  private static JsonNode environment(String function) {
    return Synthesis.everything()
        .properties("AWS::Lambda::Function", function)
        .at("/Environment/Variables");
  }

  /// The variables that a wiring reads and AWS does not set.
  private static Set<String> read(Path wiring) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path source : Stream.concat(Stream.of(wiring), SHARED.stream()).toList()) {
      String text = Files.readString(source);
      for (MatchResult call : READ.matcher(text).results().toList()) {
        boolean isLiteral = !call.group(1).isEmpty();
        if (isLiteral || !call.group(2).equals("name")) { // Environment's own parameter
          names.add(isLiteral ? call.group(2) : constant(text, call.group(2)));
        }
      }
    }
    names.removeIf(name -> OWN_BY_AWS.matcher(name).matches());
    return names;
  }

  /// The value of a constant of a source, or of another class of the build side.
  private static String constant(String source, String name) throws IOException {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return value(source, name);
    }
    String file = name.substring(0, dot) + ".java";
    try (Stream<Path> sources = Files.walk(BUILDS_SOURCES)) {
      Path found = sources.filter(path -> path.endsWith(file)).findFirst().orElseThrow();
      return value(Files.readString(found), name.substring(dot + 1));
    }
  }

  private static String value(String source, String constant) {
    Matcher definition =
        Pattern.compile("String " + constant + " =\\s*\"([A-Z_]+)\";").matcher(source);
    assertThat(definition.find()).as("the value of %s", constant).isTrue();
    return definition.group(1);
  }
}
