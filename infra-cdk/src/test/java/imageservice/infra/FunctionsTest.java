package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imageservice.functions.asset.LambdaBuilderInvocation;
import imageservice.ledger.BuildRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionsTest {
  private static final String FUNCTION = "AWS::Lambda::Function";

  private final Synthesis stack = Synthesis.standard();

  @ParameterizedTest
  @CsvSource({"Configuration, 10", "Asset, 29", "Registry, 29", "Release, 10"})
  void functionsOfTheRequestSideRunAsPackaged(String name, int timeout) {
    JsonNode function = stack.properties(FUNCTION, "Request" + name);
    assertThat(function.get("Handler").asText())
        .isEqualTo("imageservice.functions." + name + "Function");
    assertThat(function.get("Runtime").asText()).isEqualTo("java25");
    assertThat(function.get("Architectures").toString()).isEqualTo("[\"arm64\"]");
    assertThat(function.get("MemorySize").asInt()).isEqualTo(1024);
    assertThat(function.get("Timeout").asInt()).isEqualTo(timeout);
    assertThat(function.at("/Environment/Variables").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "EXTERNAL_URL",
            "CONFIGURATIONS_TABLE",
            "BUILDS_TABLE",
            "ASSET_BUCKET",
            "BUILDER_FUNCTION",
            "INDEX_FUNCTION",
            "MOST_BUILDERS",
            "MOST_WAITERS",
            "BUILDS_PER_DAY",
            "STACK_NAME");
  }

  @Test
  void aBuilderHasTheMemoryThatTheAccountAllows() {
    assertThat(
            Synthesis.everything()
                .properties("AWS::Lambda::Function", "BuilderBuild")
                .get("MemorySize")
                .asInt())
        .isEqualTo(3_008);
  }

  @ParameterizedTest
  @CsvSource({"Build, BuilderFunction, 10240", "Index, IndexFunction, 1024"})
  void functionsOfTheBuildSideAreTwoCommandsOfOneImage(String name, String handler, int memory) {
    JsonNode function = stack.properties(FUNCTION, "Builder" + name);
    assertThat(function.get("PackageType").asText()).isEqualTo("Image");
    assertThat(function.at("/ImageConfig/Command").toString())
        .isEqualTo("[\"imageservice.builder." + handler + "\"]");
    assertThat(function.at("/Code/ImageUri").toString()).contains("image-service-builder:latest");
    assertThat(function.get("MemorySize").asInt()).isEqualTo(memory);
    assertThat(function.get("Timeout").asInt()).isEqualTo(300);
    assertThat(function.at("/EphemeralStorage/Size").asInt()).isEqualTo(4096);
    JsonNode environment = function.at("/Environment/Variables");
    assertThat(environment.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "ASSET_BUCKET",
            "BUILDS_TABLE",
            "CACHE_FOLDER",
            "GRUB_KIT",
            "JAVA_TOOL_OPTIONS",
            "SOURCE_POLICY",
            "SOURCE_PREFIX",
            "STACK_NAME");
    assertThat(environment.get("GRUB_KIT").asText()).isEqualTo("/opt/grub-kit");
    assertThat(environment.get("CACHE_FOLDER").asText()).isEqualTo("/tmp/blobs");
    assertThat(environment.get("SOURCE_POLICY").asText()).isEqualTo("official");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Build", "Index"})
  void theBuildSideIsToldWhichHostsTheRegistryMayName(String name) {
    Synthesis mirrored = Synthesis.of(Map.of("sourceHosts", "blobs.example *.cdn.example"));
    JsonNode function = mirrored.properties(FUNCTION, "Builder" + name);
    assertThat(function.at("/Environment/Variables/SOURCE_HOSTS").asText())
        .isEqualTo("blobs.example *.cdn.example");
  }

  @Test
  void ordersAreTriedOnceAndLostOnesAreKept() {
    assertThat(stack.resources("AWS::Lambda::EventInvokeConfig").map(c -> c.get("Properties")))
        .hasSize(2)
        .allSatisfy(config -> {
          assertThat(config.get("MaximumRetryAttempts").asInt(-1)).isZero();
          assertThat(config.get("MaximumEventAgeInSeconds").asInt()).isIn(60, 150);
          assertThat(config.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0").asText())
              .isEqualTo(stack.one("AWS::SQS::Queue", "LostOrders").getKey());
        });
  }

  /// An order is dropped when the request side takes it for lost, and of two in turn one outlasts
  /// the longest build.
  @Test
  void anOrderWaitsInTheQueueForAsLongAsItIsWaitedFor() {
    long oldest =
        stack
            .properties("AWS::Lambda::EventInvokeConfig", "BuilderBuildEventInvokeConfig")
            .get("MaximumEventAgeInSeconds")
            .asLong();
    assertThat(Duration.ofSeconds(oldest)).isEqualTo(LambdaBuilderInvocation.OLDEST_ORDER);
    long longest =
        stack.properties("AWS::Lambda::Function", "BuilderBuild").get("Timeout").asLong();
    assertThat(oldest * BuildRecord.MOST_GIVEN).isGreaterThanOrEqualTo(longest);
  }

  @Test
  void newReleasesAreLookedForEveryFiveMinutes() {
    JsonNode rule = stack.properties("AWS::Events::Rule", "Often");
    assertThat(rule.get("ScheduleExpression").asText()).isEqualTo("rate(5 minutes)");
    assertThat(rule.at("/Targets/0/Arn/Fn::GetAtt/0").asText())
        .isEqualTo(stack.one("AWS::Lambda::Function", "BuilderIndex").getKey());
  }

  @Test
  void everyLogEndsAfterTwoWeeks() {
    assertThat(stack.resources("AWS::Logs::LogGroup"))
        .hasSize(7)
        .allMatch(log -> log.at("/Properties/RetentionInDays").asInt() == 14);
    assertThat(stack.resources(FUNCTION))
        .hasSize(6)
        .allMatch(f -> f.at("/Properties/LoggingConfig/LogGroup").has("Ref"));
  }

  /// New accounts have a concurrency of 10, of which nothing can be set aside.
  @Test
  void nothingIsReserved() {
    for (Synthesis each : List.of(stack, Synthesis.everything())) {
      assertThat(each.resources(FUNCTION))
          .noneMatch(f -> f.get("Properties").has("ReservedConcurrentExecutions"));
    }
  }
}
