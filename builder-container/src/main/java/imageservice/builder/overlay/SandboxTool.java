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
      List<String> command = new ArrayList<>(SandboxLimits.processes(user.threads()));
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

  /// unshare(1) and a shell. The shell is the name space's first process: it cannot be killed from
  /// inside, the program cannot take from it what makes it die with its parent, and all other
  /// processes die with it.
  UNSHARE("unshare") {
    @Override
    List<String> command(String name, List<Path> readable, SandboxUser user) throws IOException {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "--ipc"));
      command.addAll(List.of("--uts", "--pid", "--cgroup", "--fork", "--kill-child", "--"));
      command.addAll(SandboxLimits.processes(0)); // the new name space counts its own
      command.addAll(List.of("sh", "-c", SCRIPT, name));
      readable.forEach(file -> command.add(file.toString()));
      return command;
    }
  };

  /// The id that programs see as theirs.
  private static final String NOBODY = Integer.toString(SandboxUser.NOBODY);

  /// What overlays' programs are asked for.
  private static final String OPTIONS = "get-options";

  /// The root folder is mounted over /tmp, which every system has, in this name space alone. The
  /// program is confined to it by chroot, and to a user name space below the one that owns the
  /// mounts: it has no capability in either, and Linux lets nobody behind chroot make another.
  private static final String SCRIPT =
      """
      mount -t tmpfs -o nosuid,nodev,mode=755,size=%d sandbox /tmp || exit 125
      for file in "$@"; do
        mkdir -p "/tmp${file%%/*}" && cp "$file" "/tmp$file" || exit 125
      done
      cat <&3 >"/tmp/$0" && chmod 555 "/tmp/$0" || exit 125
      exec 3<&-
      mount -o remount,bind,ro,nosuid,nodev /tmp || exit 125
      setsid env -i unshare --user --map-user=%s --map-group=%s --root=/tmp --wd=/ -- "/$0" %s
      exit $?
      """
          .formatted(2 * SandboxLimits.LARGEST_PROGRAM, NOBODY, NOBODY, OPTIONS);

  private final String program;

  SandboxTool(String program) {
    this.program = program;
  }

  String program() {
    return program;
  }

  /// The command that runs the program of file descriptor 3.
  ///
  /// @param name what the program is called inside
  /// @param readable files that the program sees at their own place
  /// @param user whose processes count
  abstract List<String> command(String name, List<Path> readable, SandboxUser user)
      throws IOException;
}
