package imageservice.builder.overlay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands around every sandbox: a session of its own, the death of the service as its own, no
/// new privileges, an ordinary user, limits on each process, and the first place among those that
/// the kernel ends when memory runs out.
///
/// @param service the service's process id
record SandboxFrame(long service, SandboxUser user) {
  static SandboxFrame here() throws IOException {
    return new SandboxFrame(ProcessHandle.current().pid(), SandboxUser.here());
  }

  /// @param program a file, which the sandbox gets as file descriptor 3
  /// @param artifacts a file, which the sandbox gets as file descriptor 4, if it takes any
  /// @param sandbox the command that makes it
  List<String> command(Path program, Optional<Path> artifacts, List<String> sandbox) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "exec 3<\"$0\"; exec \"$@\"", program.toString()));
    artifacts.ifPresent(
        file -> command.addAll(List.of("sh", "-c", "exec 4<\"$0\"; exec \"$@\"", file.toString())));
    command.addAll(List.of("setsid", "setpriv", "--pdeathsig", "KILL", "--no-new-privs"));
    if (user.isOther()) {
      String id = Integer.toString(user.id());
      command.addAll(List.of("--reuid", id, "--regid", id, "--clear-groups"));
    }
    // a service that died before the line above took effect is nobody's parent any more
    command.addAll(List.of("--", "sh", "-c", "[ $PPID = $0 ] || exit 125; exec \"$@\""));
    command.addAll(List.of(Long.toString(service), "choom", "-n", "1000", "--"));
    command.addAll(SandboxLimits.ofEach());
    command.addAll(sandbox);
    return command;
  }
}
