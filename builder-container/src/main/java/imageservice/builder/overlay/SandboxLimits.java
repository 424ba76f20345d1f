package imageservice.builder.overlay;

import java.util.List;

/// What a program may use, for prlimit(1). Programs written in Go do not start with 512 MiB of
/// addresses, and do with 1 GiB; they run a handful of threads.
final class SandboxLimits {
  /// Bytes; also of any file, as the limit has to let the program itself be copied in.
  static final long LARGEST_PROGRAM = 128L << 20;

  /// Bytes at the start of a disk that a program may write to: as far as any of its files reaches.
  static final long DISK_START = LARGEST_PROGRAM;

  /// Bytes of all that a program finds beside itself.
  static final long MOST_ARTIFACTS = 512L << 20;

  /// Bytes of all that a program writes.
  static final long MOST_WRITTEN = 2 * LARGEST_PROGRAM;

  /// Files, folders and what else a program makes.
  static final int MOST_FILES = 4_096;

  /// Processes and threads.
  private static final int PROCESSES = 64;

  private SandboxLimits() {}

  /// The limit on any file that a process writes, in bytes.
  static List<String> ofFiles() {
    return List.of("prlimit", "--fsize=" + LARGEST_PROGRAM, "--");
  }

  /// Limits of each process: seconds, bytes, open files.
  static List<String> ofEach() {
    return List.of(
        "prlimit",
        "--cpu=10",
        "--as=" + (2L << 30),
        "--data=" + (256L << 20),
        "--core=0",
        "--memlock=0",
        "--msgqueue=0",
        "--nofile=64",
        "--");
  }

  /// The limit on all processes of a user.
  ///
  /// @param others how many the user has outside of the sandbox, which count
  static List<String> processes(long others) {
    return List.of("prlimit", "--nproc=" + (others + PROCESSES), "--");
  }
}
