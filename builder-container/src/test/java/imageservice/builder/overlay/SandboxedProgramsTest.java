package imageservice.builder.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.UnfitInputException;
import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Real programs in the real sandbox; they are scripts of the shell, which is all they need.
final class SandboxedProgramsTest {
  private final OverlayPrograms programs = new SandboxedPrograms(Duration.ofSeconds(30));

  @Test
  void aProgramGetsItsOptionsAndPrintsArguments() throws IOException {
    assertThat(
            run(
                """
                #!/bin/sh
                read -r options
                echo "name: $1"
                echo 'kernelArgs: [console=tty0, "board='$options'"]'
                echo 'partitionOptions: {offset: 2048}'
                """,
                "{}\n"))
        .containsExactly("console=tty0", "board={}");
  }

  @Test
  void aProgramIsCalledByTheOverlaysName() throws IOException {
    assertThat(run("#!/bin/sh\necho \"kernelArgs: [${0##*/}]\"\n", "")).containsExactly("board");
    assertThatThrownBy(() -> programs.kernelArguments("../x", Blob.of("x"), "{}"))
        .hasMessage("overlay \"../x\": its program has no name that a file can have");
  }

  @Test
  void aProgramThatHasNoArgumentsPrintsNone() throws IOException {
    assertThat(run("#!/bin/sh\necho 'name: x'\n", "{}\n")).isEmpty();
  }

  @Test
  void aProgramSeesAnEmptyFolderNoNetworkAndNoEnvironment() throws IOException {
    List<String> seen =
        run(
            """
            #!/bin/sh
            files=$(echo *)
            links=$(grep -c : /proc/net/dev)
            route=$(grep -c . /proc/net/route)
            echo "kernelArgs: ['files=$files', 'home=$HOME', 'links=$links', 'routes=$route']"
            """,
            "");
    // The one link is the loopback's, which is down.
    assertThat(seen).containsExactly("files=*", "home=", "links=1", "routes=0");
  }

  @Test
  void aProgramCannotWriteFiles() {
    assertThatThrownBy(() -> run("#!/bin/sh\necho x > /tmp/overlay-$$ || exit 3\n", ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageStartingWith("overlay \"board\": its program ended with ");
  }

  @Test
  void aProgramThatDoesNotEndIsEnded() {
    assertThatThrownBy(() ->
            new SandboxedPrograms(Duration.ofSeconds(2))
                .kernelArguments("board", Blob.of("#!/bin/sh\nwhile :; do :; done\n"), "{}"))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("overlay \"board\": its program did not end within 2 s");
    ProcessHandle.current()
        .descendants()
        .forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }

  @Test
  void aProgramsFailureIsTold() {
    assertThatThrownBy(() -> run("#!/bin/sh\necho \"unknown command: $1\" >&2\nexit 1\n", ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("overlay \"board\": its program ended with 1: unknown command: get-options");
  }

  @Test
  void whatIsNoOptionsIsRefused() {
    for (String printed :
        List.of(
            "[]", "{kernelArgs: x}", "{kernelArgs: [[a]]}", "{a: ]", "kernelArgs: [\"a\\nb\"]")) {
      assertThatThrownBy(() -> run("#!/bin/sh\nprintf '%s' '" + printed + "'\n", ""))
          .isInstanceOf(UnfitInputException.class)
          .hasMessage("overlay \"board\": its program did not print options");
    }
  }

  @Test
  void aProgramThatPrintsWithoutEndIsRefused() {
    assertThatThrownBy(() -> run("#!/bin/sh\nhead -c 1000000 /dev/zero\n", ""))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage("overlay \"board\": its program printed more than 65536 bytes");
  }

  @Test
  void whereProgramsAreForbiddenNoneRuns() {
    assertThatThrownBy(
            () -> OverlayPrograms.forbidden().kernelArguments("board", Blob.of("x"), "{}"))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "overlay \"board\": its own program would have to run, which the operator has not"
                + " allowed");
  }

  private List<String> run(String program, String options) throws IOException {
    return programs.kernelArguments("board", Blob.of(program), options);
  }
}
