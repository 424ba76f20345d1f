package imageservice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class BuilderCodeTest {
  @TempDir private Path checkout = Path.of("unset");

  @Test
  void withoutPropertiesThereAreJars() {
    assertThat(BuilderCode.in(checkout)).isEqualTo(BuilderCode.JARS);
  }

  @ParameterizedTest
  @CsvSource({
    "own, x86_64, true, false",
    "own, arm64, true, true",
    "base, arm64, false, true",
  })
  void thePropertiesSayWhatThereIs(
      String runtime, String architecture, boolean hasRuntime, boolean isArm) throws IOException {
    write("runtime=" + runtime + "\narchitecture=" + architecture + "\n");
    assertThat(BuilderCode.in(checkout)).isEqualTo(new BuilderCode(hasRuntime, isArm));
  }

  @ParameterizedTest
  @CsvSource({"java8, arm64, runtime: java8", "own, riscv64, architecture: riscv64"})
  void refusesPropertiesThatNobodyWrote(String runtime, String architecture, String message)
      throws IOException {
    write("runtime=" + runtime + "\narchitecture=" + architecture + "\n");
    assertThatThrownBy(() -> BuilderCode.in(checkout))
        .hasMessage("the builder's image: its properties have an unknown " + message);
  }

  @ParameterizedTest
  @CsvSource({"true, arm64", "false, x86_64"})
  void theStackStartsARuntimeThatTheImageBrings(boolean isArm, String architecture) {
    Synthesis stack = Synthesis.of(new BuilderCode(true, isArm));
    for (String name : new String[] {"Build", "Index"}) {
      JsonNode function = stack.properties("AWS::Lambda::Function", "Builder" + name);
      assertThat(function.at("/Architectures/0").asText()).isEqualTo(architecture);
      assertThat(function.at("/ImageConfig/EntryPoint").toString())
          .isEqualTo("[\"/var/task/bootstrap\"]");
      assertThat(function.at("/Environment/Variables/JAVA_TOOL_OPTIONS").isMissingNode()).isTrue();
    }
  }

  @Test
  void jarsAreStartedByTheBasesJava() {
    JsonNode function = Synthesis.standard().properties("AWS::Lambda::Function", "BuilderBuild");
    assertThat(function.at("/ImageConfig/EntryPoint").isMissingNode()).isTrue();
    assertThat(function.at("/Environment/Variables/JAVA_TOOL_OPTIONS").asText())
        .contains("-XX:MaxRAMPercentage=");
  }

  private void write(String properties) throws IOException {
    Path file = checkout.resolve(BuilderCode.PROPERTIES);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, properties);
  }
}
