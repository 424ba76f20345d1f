package imageservice.builder.overlay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a shell does in a sandbox of unshare(1). The shell is the name space's first process: it
/// cannot be killed from inside, the program cannot take from it what makes it die with its parent,
/// and all other processes die with it.
///
/// @param text of the script; its first argument is the program's name, the others are files of the
///   machine that the program sees
record UnshareScript(String text) {
  /// The root folder is mounted over /tmp, which every system has, in this name space alone.
  private static final String ROOT =
      """
      mount -t tmpfs -o nosuid,nodev,mode=755,size=%d sandbox /tmp || exit 125
      for file in "$@"; do
        mkdir -p "/tmp${file%%/*}" && cp "$file" "/tmp$file" || exit 125
      done
      cat <&3 >"/tmp/$0" && chmod 555 "/tmp/$0" || exit 125
      exec 3<&-
      """;

  /// The program is confined to its root folder by chroot, and to a user name space below the one
  /// that owns the mounts: it has no capability in either, and Linux lets nobody behind chroot make
  /// another.
  private static final String PROGRAM =
      "setsid env -i unshare --user --map-user=%1$s --map-group=%1$s --root=/tmp --wd=/ -- \"/$0\" "
          .formatted(SandboxTool.NOBODY);

  private static final String READ_ONLY =
      "mount -o remount,bind,ro,nosuid,nodev /tmp || exit 125\n";

  /// Has the program print its options.
  static final UnshareScript OPTIONS =
      new UnshareScript(
          ROOT.formatted(2 * SandboxLimits.LARGEST_PROGRAM)
              + READ_ONLY
              + PROGRAM
              + SandboxTool.OPTIONS
              + "\nexit $?\n");

  /// Where the program finds its artifacts, the disk, and the folder of partitions. No overlay has
  /// a name that begins with a dot.
  static final String ARTIFACTS = "/.install/artifacts";

  static final String DISK = "/.install/disk";
  static final String PARTITIONS = "/.install/partitions";

  /// Has the program of file descriptor 3 install, with the archive of file descriptor 4 as its
  /// artifacts, and prints what it wrote.
  ///
  /// @param artifacts bytes of the archive
  /// @param diskSize bytes of the disk that the program sees
  static UnshareScript install(long artifacts, long diskSize) {
    return new UnshareScript(
        ROOT.formatted(2 * SandboxLimits.LARGEST_PROGRAM + 2 * artifacts)
            + scratch(diskSize)
            + READ_ONLY
            + String.join(" ", SandboxLimits.ofFiles())
            + " "
            + PROGRAM
            + "install >/dev/null || exit $?\n"
            + takeOut(diskSize));
  }

  /// Memory of a bounded size, which is gone with the name space, is all that the program can write
  /// to. Disk and folder are mounts of their own: nobody behind chroot can put a link in their
  /// place, which the shell, who sees the machine's files, would follow.
  private static String scratch(long diskSize) {
    return """
    [ $$ = 1 ] || exit 125
    cd /tmp && mkdir .install && cd .install && mkdir artifacts scratch partitions || exit 125
    : >disk && tar -x -o -f - -C artifacts <&4 || exit 125
    exec 4<&-
    mount -t tmpfs -o nosuid,nodev,noexec,mode=755,size=%d,nr_inodes=%d scratch scratch || exit 125
    mkdir -p scratch/partitions/boot/EFI && truncate -s %d scratch/disk || exit 125
    mount --bind scratch/disk disk && mount --bind scratch/partitions partitions || exit 125
    umount scratch && cd / || exit 125
    """
        .formatted(SandboxLimits.MOST_WRITTEN, SandboxLimits.MOST_FILES, diskSize);
  }

  /// Ends what the program left behind; then the start of the disk, and an archive of the folder.
  private static String takeOut(long diskSize) {
    return """
    kill -s KILL -- -1 2>/dev/null
    head -c %d /tmp/.install/disk && tar -c -f - -C /tmp/.install/partitions . || exit 125
    """
        .formatted(start(diskSize));
  }

  /// Bytes of a disk that are looked at.
  static long start(long diskSize) {
    return Math.min(diskSize, SandboxLimits.DISK_START);
  }

  /// @param name what the program is called inside
  /// @param readable files that the program sees at their own place
  List<String> command(String name, List<Path> readable) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "--ipc"));
    command.addAll(List.of("--uts", "--pid", "--cgroup", "--fork", "--kill-child", "--"));
    command.addAll(SandboxLimits.processes(0)); // the new name space counts its own
    command.addAll(List.of("sh", "-c", text, name));
    readable.forEach(file -> command.add(file.toString()));
    return command;
  }
}
