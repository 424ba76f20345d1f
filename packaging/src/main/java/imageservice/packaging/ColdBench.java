package imageservice.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What a cold start costs on one core, in Lambda's runtime interface client: from the start of the
/// process to the answer to its first event. `bench/run cold` has it printed.
///
/// @param root the folder of the packaged functions
/// @param jars the folder with their jars and the runtime interface client's
/// @param rounds starts of which the median is printed
/// @param options of the virtual machine that runs the jars, as Lambda's own Java has them
public record ColdBench(Path root, Path jars, int rounds, List<String> options) {
  /// A start-up cache that does not fit fails the start.
  private static final String STRICT = "-XX:AOTMode=on ";

  /// What a start may cost.
  ///
  /// @param of the measure, for people
  public record Target(String of, ToDoubleFunction<ColdStart> measure, double milliseconds) {
    /// From the start of the process to its first answer.
    public static Target answer(double milliseconds) {
      return new Target("the answer", ColdStart::wall, milliseconds);
    }

    /// From the start of the process to its question for its first event.
    public static Target question(double milliseconds) {
      return new Target("the first event", ColdStart::asked, milliseconds);
    }

    /// Of a processor, up to the first answer.
    public static Target processor(double milliseconds) {
      return new Target("CPU", ColdStart::cpu, milliseconds);
    }
  }

  /// Rounds for a bench, or for a smoke test, which wants every row but no measurement.
  public static int rounds(boolean isSmoke) {
    return isSmoke ? 1 : 5;
  }

  /// Prints the rows of a function: as jars, and as it is packaged.
  ///
  /// @param targets of the packaged function; none in a smoke test
  public void rows(Subject subject, List<Target> targets) throws IOException, InterruptedException {
    double floor = floor();
    row(
        subject,
        "as Maven packs it",
        plain(Launch.CLIENT + ".AWSLambda", subject.handler()),
        "",
        floor,
        List.of());
    String bootstrap = root.resolve("bootstrap").toAbsolutePath().toString();
    row(subject, "packaged", List.of(bootstrap), STRICT, floor, targets);
  }

  /// The same virtual machine with a program that does nothing.
  private double floor() throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      List<String> command = ColdStart.pinned(plain(Nothing.class.getName()));
      long start = System.nanoTime();
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      times.add((System.nanoTime() - start) / 1e6);
      if (status != 0) {
        throw new IOException("no empty program: " + status);
      }
    }
    return times.stream().sorted().toList().get(rounds / 2);
  }

  private List<String> plain(String... main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(jars + "/*:" + System.getProperty("java.class.path"));
    command.addAll(List.of(main));
    return command;
  }

  /// @param strict options of the virtual machine that lists its classes
  private void row(
      Subject subject,
      String how,
      List<String> command,
      String strict,
      double floor,
      List<Target> targets)
      throws IOException, InterruptedException {
    List<ColdStart> starts = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      starts.add(start(subject, command, Map.of()));
    }
    double wall = median(starts, ColdStart::wall);
    System.out.printf(
        Locale.ROOT,
        "  %-46s %8.1f ms  CPU %6.1f ms  least %.1f ms, CPU %.1f ms%n"
            + "    first event after %.1f ms, %.1f x a program that does nothing, %.0f MB, %d"
            + " classes%n",
        subject.name() + ", " + how,
        wall,
        median(starts, ColdStart::cpu),
        least(starts, ColdStart::wall),
        least(starts, ColdStart::cpu),
        median(starts, ColdStart::asked),
        wall / floor,
        median(starts, ColdStart::memory) / (1 << 20),
        classes(subject, command, strict));
    targets.forEach(target -> verdict(target, median(starts, target.measure())));
  }

  private long classes(Subject subject, List<String> command, String strict)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("image-service-classes", ".log");
    start(subject, command, Map.of("JAVA_TOOL_OPTIONS", strict + "-Xlog:class+load:file=" + log));
    long classes = Files.readAllLines(log).size();
    Files.delete(log);
    return classes;
  }

  private static void verdict(Target target, double measured) {
    System.out.printf(
        Locale.ROOT,
        "    target of %s <= %.0f ms: %s%n",
        target.of(),
        target.milliseconds(),
        measured <= target.milliseconds() ? "met" : "OVER TARGET");
  }

  private ColdStart start(Subject subject, List<String> command, Map<String, String> more)
      throws IOException, InterruptedException {
    return ColdStart.of(command, subject, root.toAbsolutePath(), more);
  }

  private static double median(List<ColdStart> starts, ToDoubleFunction<ColdStart> value) {
    return starts.stream().mapToDouble(value).sorted().toArray()[starts.size() / 2];
  }

  private static double least(List<ColdStart> starts, ToDoubleFunction<ColdStart> value) {
    return value.applyAsDouble(
        starts.stream().min(Comparator.comparingDouble(value)).orElseThrow());
  }

  /// The program that does nothing.
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] arguments) {}
  }
}
