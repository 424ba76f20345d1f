package imageservice.packaging;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One start of a function: a process, one event, one answer.
///
/// @param asked milliseconds from the process's start until it asks for its first event
/// @param wall the same until its answer
/// @param cpu milliseconds of a processor, in steps of 10
/// @param memory the most that lay in memory, in bytes
record ColdStart(double asked, double wall, double cpu, double memory) {
  /// Linux tells processor time in ticks of this many milliseconds: `USER_HZ` is 100 everywhere.
  private static final int TICK = 10;

  /// Where a process's own time and that of its kernel stand behind its name: proc_pid_stat(5).
  private static final int USER_TIME = 11;

  /// @param command what starts the function
  /// @param root the folder with its code
  /// @param more of its environment
  static ColdStart of(List<String> command, Subject subject, Path root, Map<String, String> more)
      throws IOException, InterruptedException {
    try (World world = subject.world().make();
        RuntimeApi runtime = new RuntimeApi()) {
      ProcessBuilder builder = new ProcessBuilder(pinned(command));
      builder.environment().putAll(LambdaVariables.of(runtime, subject.handler(), root, world));
      builder.environment().putAll(more);
      builder.directory(root.toFile());
      builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
      runtime.give(subject.event());
      long start = System.nanoTime();
      Process process = builder.start();
      try {
        RuntimeApi.Answer answer = runtime.response();
        return new ColdStart(
            (answer.asked() - start) / 1e6,
            (answer.at() - start) / 1e6,
            cpu(process.pid()),
            memory(process.pid()));
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  /// On one core, the second where there are two.
  static List<String> pinned(List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c"));
    pinned.add(Runtime.getRuntime().availableProcessors() > 1 ? "1" : "0");
    pinned.addAll(command);
    return pinned;
  }

  private static double cpu(long process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return TICK
        * (Double.parseDouble(fields[USER_TIME]) + Double.parseDouble(fields[USER_TIME + 1]));
  }

  private static double memory(long process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
