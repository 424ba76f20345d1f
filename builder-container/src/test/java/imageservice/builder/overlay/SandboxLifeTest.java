package imageservice.builder.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.builder.material.UnfitInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sandboxed programs as the machine sees them, from their start to their end. Each has a name of
/// its own, by which the machine's processes are searched.
@Timeout(60)
final class SandboxLifeTest {
  private static final List<String> NAME_SPACES =
      List.of("cgroup", "ipc", "mnt", "net", "pid", "user", "uts");

  /// A process of the script that tells its parent of itself and stays. Its input has to be a pipe,
  /// as busybox's shell would open /dev/null for it.
  private static final String BEHIND =
      """
      if [ "$1" != get-options ]; then
        kill -USR1 $1
        $b sleep 1000
        exit
      fi
      """;

  private final String name = "board-" + UUID.randomUUID();

  @ParameterizedTest
  @EnumSource
  void aProgramHasNoRightsAndSharesNoNameSpace(SandboxTool tool) throws IOException {
    CompletableFuture<List<String>> run = start(tool, "$b sleep 1000\n");
    ProcessHandle program = awaited();
    Path facts = Path.of("/proc", Long.toString(program.pid()));
    assertThat(Files.readAllLines(facts.resolve("status")))
        .contains("NoNewPrivs:\t1")
        .contains("CapInh:\t" + "0".repeat(16), "CapPrm:\t" + "0".repeat(16))
        .contains("CapEff:\t" + "0".repeat(16), "CapAmb:\t" + "0".repeat(16))
        .noneMatch(line -> line.startsWith("Uid:") && line.matches("Uid:.*\\t0\\b.*"));
    assertThat(facts.resolve("oom_score_adj")).hasContent("1000");
    for (String space : NAME_SPACES) {
      assertThat(nameSpace(facts, space)).isNotEqualTo(nameSpace(Path.of("/proc/self"), space));
    }
    program.destroyForcibly();
    assertThatThrownBy(run::join).hasMessageContaining("its program ended with 137");
  }

  @ParameterizedTest
  @EnumSource
  void aProgramCannotKillOthers(SandboxTool tool) {
    String body = "kill -9 1; kill -9 $PPID; kill -9 -1\nkill -9 0\n";
    assertThatThrownBy(() -> start(tool, body).join())
        .hasCauseInstanceOf(UnfitInputException.class)
        .hasMessageContaining("its program ended with 137");
    awaitNone();
  }

  @ParameterizedTest
  @EnumSource
  void whatAProgramLeavesBehindEndsWithIt(SandboxTool tool) {
    String body =
        """
        trap left=behind USR1
        : | $b setsid $b sh "$0" $$ &
        while [ -z "$left" ]; do $b sleep 0.1; done
        echo "kernelArgs: [$left]"
        """;
    assertThat(start(tool, BEHIND + body).join()).containsExactly("behind");
    awaitNone();
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatIsLateEndsWithAllThatItStarted(SandboxTool tool) {
    String body = BEHIND + "trap : USR1\n: | $b setsid $b sh \"$0\" $$ &\n$b sleep 1000\n";
    OverlayPrograms programs = Scripts.programs(tool, 2);
    assertThatThrownBy(() -> programs.options(Scripts.program(name, Scripts.script(body), "")))
        .hasMessageEndingWith("its program did not end within 2 s");
    awaitNone();
  }

  @ParameterizedTest
  @EnumSource
  void aProgramEndsWhenTheServiceIsKilled(SandboxTool tool) throws Exception {
    Process service = service(List.of(), tool, "$b setsid $b sh -c \"$b sleep 1000; : $0\"\n");
    awaited();
    service.destroyForcibly().waitFor();
    awaitNone();
  }

  @ParameterizedTest
  @EnumSource
  void aPlainUsersServiceRunsPrograms(SandboxTool tool) throws Exception {
    List<String> asUser = List.of("unshare", "--user", "--map-user=1000", "--map-group=1000", "--");
    assertThat(said(service(asUser, tool, "echo 'kernelArgs: [a]'\n"))).isEqualTo("[a]");
  }

  @Test
  void whereTheMachineGivesNoSandboxNoProgramRuns() throws Exception {
    String forbid = "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$@\"";
    List<String> confined = new ArrayList<>();
    confined.addAll(List.of("unshare", "--user", "--map-user=1000", "--map-group=1000"));
    confined.addAll(List.of("--keep-caps", "--"));
    confined.addAll(List.of("sh", "-c", forbid, "sh"));
    assertThat(said(service(confined, SandboxTool.UNSHARE, "echo 'kernelArgs: [a]'\n")))
        .isEqualTo(
            "programs of overlays run in a sandbox alone, which this machine does not give"
                + " (unshare: ended with 1 and said \"unshare: unshare failed: No space left on device\"): it"
                + " takes bubblewrap or util-linux, a processor for linux/amd64, and leave to make"
                + " user name spaces, which containers and AWS Lambda mostly refuse");
  }

  private CompletableFuture<List<String>> start(SandboxTool tool, String body) {
    OverlayPrograms programs = Scripts.programs(tool, 40);
    return CompletableFuture.supplyAsync(() -> {
      try {
        return programs.options(Scripts.program(name, Scripts.script(body), "")).kernelArguments();
      } catch (IOException e) {
        throw new CompletionException(e);
      }
    });
  }

  /// A service in a process of its own that runs one program and prints what came of it.
  private Process service(List<String> prefix, SandboxTool tool, String body) throws IOException {
    Scripts.programs(tool, 1);
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(OneProgram.class.getName(), tool.name(), name, body));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String said(Process service) throws IOException {
    return new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /// The sandboxed program itself, as soon as it runs.
  private ProcessHandle awaited() {
    while (true) {
      List<ProcessHandle> found = programs("/" + name);
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      Thread.onSpinWait();
    }
  }

  /// Until no process that has to do with the program is left.
  private void awaitNone() {
    while (!programs(name).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /// Of busybox alone: tools of the sandbox have the name among their arguments as well.
  private static List<ProcessHandle> programs(String argument) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> arguments(process).getFirst().equals("/bin/busybox"))
          .filter(process -> arguments(process).stream().anyMatch(a -> a.contains(argument)))
          .toList();
    }
  }

  private static List<String> arguments(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return Arrays.asList(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException e) {
      return List.of(""); // it has ended
    }
  }

  private static Path nameSpace(Path process, String kind) throws IOException {
    return Files.readSymbolicLink(process.resolve("ns").resolve(kind));
  }
}
