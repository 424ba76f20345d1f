package imageservice.builder.overlay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The programs that can make the sandbox: name spaces of its own for files, network, processes,
/// IPC, host name, control groups and users; a root folder that holds the program alone and cannot
/// be written; an ordinary user without capabilities; no environment. Both get the program as file
/// descriptor 3, so that its user need not be able to reach the folder where it lies.
enum SandboxTool {
  /// bwrap(1). Its own first process watches over the program, and dies with its parent.
  BUBBLEWRAP("bwrap") {
    @Override
    List<String> command(String name, List<Path> readable, SandboxUser user) throws IOException {
      List<String> command = new ArrayList<>(SandboxLimits.ofFiles());
      command.addAll(SandboxLimits.processes(user.threads()));
      command.addAll(List.of("bwrap", "--die-with-parent", "--new-session"));
      command.addAll(List.of("--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net"));
      command.addAll(List.of("--unshare-uts", "--unshare-cgroup", "--disable-userns"));
      command.addAll(List.of("--uid", NOBODY, "--gid", NOBODY, "--cap-drop", "ALL", "--clearenv"));
      for (Path file : readable) {
        command.addAll(List.of("--ro-bind", file.toString(), file.toString()));
      }
      command.addAll(List.of("--perms", "0555", "--ro-bind-data", "3", "/" + name));
      command.addAll(List.of("--remount-ro", "/", "--chdir", "/", "--", "/" + name, OPTIONS));
      return command;
    }
  },

  /// unshare(1) and a shell, see [UnshareScript].
  UNSHARE("unshare") {
    @Override
    List<String> command(String name, List<Path> readable, SandboxUser user) throws IOException {
      List<String> command = new ArrayList<>(SandboxLimits.ofFiles());
      command.addAll(UnshareScript.OPTIONS.command(name, readable));
      return command;
    }
  };

  /// The id that programs see as theirs.
  static final String NOBODY = Integer.toString(SandboxUser.NOBODY);

  /// What overlays' programs are asked for.
  static final String OPTIONS = "get-options";

  private final String program;

  SandboxTool(String program) {
    this.program = program;
  }

  String program() {
    return program;
  }

  /// The command that has the program of file descriptor 3 print its options.
  ///
  /// @param name what the program is called inside
  /// @param readable files that the program sees at their own place
  /// @param user whose processes count
  abstract List<String> command(String name, List<Path> readable, SandboxUser user)
      throws IOException;
}
