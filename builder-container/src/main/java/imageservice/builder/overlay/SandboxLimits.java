package imageservice.builder.overlay;

import java.util.List;

/// What a program may use, for prlimit(1). Programs written in Go do not start with 512 MiB of
/// addresses, and do with 1 GiB; they run a handful of threads.
final class SandboxLimits {
  /// Bytes; also of any file, as the limit has to let the program itself be copied in. Afterwards
  /// there is no folder to write to.
  static final long LARGEST_PROGRAM = 128L << 20;

  /// Processes and threads.
  private static final int PROCESSES = 64;

  private SandboxLimits() {}

  /// Limits of each process: seconds, bytes, open files.
  static List<String> ofEach() {
    return List.of(
        "prlimit",
        "--cpu=10",
        "--as=" + (2L << 30),
        "--data=" + (256L << 20),
        "--fsize=" + LARGEST_PROGRAM,
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
