package imageservice.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One run of the command line in a process of its own, its output in files.
final class ServiceProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("Image Service is ready at (https?://127\\.0\\.0\\.[12]:([0-9]+)/)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path log;

  private ServiceProcess(Process process, Path out, Path log) {
    this.process = process;
    this.out = out;
    this.log = log;
  }

  /// Starts the command line, its output going into a folder.
  static ServiceProcess start(Path folder, List<String> arguments) throws IOException {
    Files.createDirectories(folder);
    return start(folder, Files.createTempFile(folder, "out", ".txt"), arguments);
  }

  /// Starts the command line with a file or a device as its output, its log going into a folder.
  static ServiceProcess start(Path folder, Path out, List<String> arguments) throws IOException {
    return start(folder, out, arguments, Map.of());
  }

  /// The same with more of its environment.
  static ServiceProcess start(
      Path folder, Path out, List<String> arguments, Map<String, String> environment)
      throws IOException {
    return start(folder, out, program(), environment, arguments);
  }

  /// Starts a program that is the command line.
  ///
  /// @param variables of its environment, over this process's
  static ServiceProcess start(
      Path folder,
      Path out,
      List<String> program,
      Map<String, String> variables,
      List<String> arguments)
      throws IOException {
    Files.createDirectories(folder);
    Path log = Files.createTempFile(folder, "log", ".txt");
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    builder.redirectOutput(out.toFile()).redirectError(log.toFile());
    return new ServiceProcess(builder.start(), out, log);
  }

  /// The classes of this build, or the program that `-Dlauncher=PATH` names, such as a
  /// distribution's.
  private static List<String> program() {
    String launcher = System.getProperty("launcher", "");
    return launcher.isEmpty()
        ? List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "imageservice.local.Main")
        : List.of(launcher);
  }

  /// Waits until it says that it is ready.
  ServiceProcess awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!READY.matcher(out()).find()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the service is not ready: " + out() + log());
      }
      Thread.sleep(10);
    }
    return this;
  }

  String url() throws IOException {
    return ready().group(1);
  }

  int port() throws IOException {
    return Integer.parseInt(ready().group(2));
  }

  /// The exit status, once it ended by itself.
  int awaitExit() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("the process does not end: " + out() + log());
    }
    return process.exitValue();
  }

  /// Asks it to stop, as Ctrl-C does.
  int terminate() throws IOException, InterruptedException {
    process.destroy();
    return awaitExit();
  }

  /// `kill -9`.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private Matcher ready() throws IOException {
    Matcher matcher = READY.matcher(out());
    if (!matcher.find()) {
      throw new IllegalStateException("not ready");
    }
    return matcher;
  }
}
