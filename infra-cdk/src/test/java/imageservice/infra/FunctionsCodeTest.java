package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

@Timeout(120)
final class FunctionsCodeTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void codeWithoutPropertiesRunsOnLambdasOwnJava() throws IOException {
    FunctionsCode code = FunctionsCode.of(zip().toString());
    assertThat(code.hasRuntime()).isFalse();
    assertThat(code.isArm()).isTrue();
    assertThat(FunctionsCode.of(FunctionsCode.PLACEHOLDER).hasRuntime()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "arm64"})
  void theStackFollowsThePropertiesBesideTheZip(String architecture) throws IOException {
    String zip = zip("runtime=provided.al2023\narchitecture=" + architecture + "\n");
    Synthesis stack = Synthesis.of(Map.of("functionsCode", zip));
    for (String name : new String[] {"Configuration", "Asset", "Registry", "Release"}) {
      JsonNode function = stack.properties("AWS::Lambda::Function", "Request" + name);
      assertThat(function.get("Runtime").asText()).isEqualTo("provided.al2023");
      assertThat(function.at("/Architectures/0").asText()).isEqualTo(architecture);
      assertThat(function.get("Handler").asText())
          .isEqualTo("imageservice.functions." + name + "Function");
    }
    Annotations found = stack.annotations();
    assertThatCode(() -> found.hasNoError("*", Match.anyValue())).doesNotThrowAnyException();
    assertThatCode(() -> found.hasNoWarning("*", Match.stringLikeRegexp("AwsSolutions-.*")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "java8, arm64, runtime: java8",
    "provided.al2023, riscv64, architecture: riscv64",
    "provided.al2023, '', 'architecture: '"
  })
  void refusesPropertiesThatNobodyWrote(String runtime, String architecture, String message)
      throws IOException {
    String zip = zip("runtime=" + runtime + "\narchitecture=" + architecture + "\n");
    assertThatThrownBy(() -> FunctionsCode.of(zip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(zip + ": its properties have an unknown " + message);
  }

  private String zip(String properties) throws IOException {
    Files.writeString(folder.resolve("functions.properties"), properties);
    return zip().toString();
  }

  private Path zip() throws IOException {
    Path zip = folder.resolve("functions.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("bootstrap"));
    }
    return zip;
  }
}
