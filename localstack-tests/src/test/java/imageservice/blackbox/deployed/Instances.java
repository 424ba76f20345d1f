package imageservice.blackbox.deployed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The instances of functions that were started, each a process with a folder of its own.
///
/// @param folder has their folders, each named after the handler
record Instances(Path folder) {
  /// The handler of any.
  static final String ALL = "";

  /// What all of them wrote.
  String log() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path instance : of(ALL)) {
      Path log = instance.resolve("log");
      if (Files.exists(log)) {
        text.append(Files.readString(log, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  /// What a handler's instances called, each call once more for each time.
  List<String> calls(String handler) throws IOException {
    List<String> calls = new ArrayList<>();
    for (Path instance : of(handler)) {
      Path record = instance.resolve("calls");
      if (Files.exists(record)) {
        calls.addAll(Files.readAllLines(record));
      }
    }
    return calls;
  }

  /// `kill -9` of all that run.
  void killAll() throws IOException, InterruptedException {
    kill(ALL);
  }

  /// `kill -9` of those of one handler.
  void kill(String handler) throws IOException, InterruptedException {
    for (Path instance : of(handler)) {
      long id = id(instance);
      if (isRunning(id)) {
        ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly);
      }
      while (isRunning(id)) {
        Thread.sleep(10);
      }
    }
  }

  private static long id(Path instance) throws IOException {
    Path file = instance.resolve("pid");
    String id = Files.exists(file) ? Files.readString(file).strip() : "";
    return id.isEmpty() ? 0 : Long.parseLong(id);
  }

  /// Whether any thread of it is left; one that ended stays until the emulator takes note:
  /// proc_pid_status(5).
  private static boolean isRunning(long id) {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(id), "status"));
      return !(status.contains("State:\tZ") && status.contains("Threads:\t1\n"));
    } catch (IOException e) {
      return false; // gone
    }
  }

  private List<Path> of(String handler) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.getFileName().toString().startsWith(handler))
          .sorted()
          .toList();
    }
  }
}
