package imageservice.builder.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real programs in each of the real sandboxes.
@Timeout(60)
final class SandboxedProgramsTest {
  private final OverlayPrograms programs = new SandboxedPrograms(Duration.ofSeconds(30));

  @ParameterizedTest
  @EnumSource
  void aProgramGetsItsOptionsAndPrintsArguments(SandboxTool tool) throws IOException {
    String body =
        """
        read -r options
        echo "name: $1"
        echo 'kernelArgs: [console=tty0, "board='$options'"]'
        echo 'partitionOptions: {offset: 2048}'
        """;
    assertThat(Scripts.run(tool, body, "{}\n")).containsExactly("console=tty0", "board={}");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramIsCalledByTheOverlaysName(SandboxTool tool) throws IOException {
    assertThat(Scripts.run(tool, "echo \"kernelArgs: [${0##*/}]\"\n", "")).containsExactly("board");
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() {
    assertThatThrownBy(() -> programs.options(Scripts.program("../x", Blob.of("x"), "{}")))
        .hasMessage("overlay \"../x\": its program has no name that a file can have");
  }

  @Test
  void aProgramThatIsTooLargeIsRefused() {
    Blob quarter = Blob.of(new byte[(32 << 20) + 1]);
    Blob large = Blob.concatenation(quarter, quarter, quarter, quarter);
    assertThatThrownBy(() -> programs.options(Scripts.program("board", large, "{}")))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("overlay \"board\": its program is larger than 134217728 bytes");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatHasNoArgumentsPrintsNone(SandboxTool tool) throws IOException {
    assertThat(Scripts.run(tool, "echo 'name: x'\n", "{}\n")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aProgramsFailureIsTold(SandboxTool tool) {
    assertThatThrownBy(() -> Scripts.run(tool, "echo \"unknown command: $1\" >&2\nexit 3\n", ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "overlay \"board\": its program ended with 3 and said \"unknown command: get-options\"");
  }

  @Test
  void whatAProgramSaysIsQuotedAsItsOwnWord() {
    String words =
        "printf '\\n\\033[31m\\342\\200\\256cannot \"open\" /var/lib/x: I/O, (/a=/b)%0300d\\nmore' 0 >&2\nexit 1\n";
    assertThatThrownBy(() -> Scripts.run(SandboxTool.UNSHARE, words, ""))
        .hasMessage(
            "overlay \"board\": its program ended with 1 and said"
                + " \"?[31m?cannot 'open' (a path): I/O, ((a path))"
                + "0".repeat(155)
                + "…\"");
    assertThatThrownBy(() -> Scripts.run(SandboxTool.UNSHARE, "exit 1\n", ""))
        .hasMessage("overlay \"board\": its program ended with 1 and said nothing");
  }

  @Test
  void whatIsNoOptionsIsRefused() {
    for (String printed :
        List.of(
            "[]", "{kernelArgs: x}", "{kernelArgs: [[a]]}", "{a: ]", "kernelArgs: [\"a\\nb\"]")) {
      assertThatThrownBy(
              () -> Scripts.run(SandboxTool.UNSHARE, "printf '%s' '" + printed + "'\n", ""))
          .isInstanceOf(UnfitInputException.class)
          .hasMessage("overlay \"board\": its program did not print options");
    }
  }

  /// What cannot be started is a file of the machine, which clients are not told.
  @Test
  void aSandboxThatCannotBeStartedIsNotNamed() {
    assertThatThrownBy(() ->
            SandboxedProcess.run(
                List.of("/no/such/shell"),
                "",
                Duration.ofSeconds(30),
                new SandboxedProcess.Output(OutputStream.nullOutputStream(), 9)))
        .isInstanceOf(IOException.class)
        .hasMessage("an overlay's program cannot be started on this machine")
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void whereProgramsAreForbiddenNoneRuns() {
    assertThatThrownBy(
            () -> OverlayPrograms.forbidden().options(Scripts.program("board", Blob.of("x"), "{}")))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "overlay \"board\": its own program would have to run, which the operator has not"
                + " allowed");
  }
}
