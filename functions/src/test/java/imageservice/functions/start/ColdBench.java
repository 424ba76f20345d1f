package imageservice.functions.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What a cold start costs: from the start of the process to the answer to its first event, on one
/// core, in Lambda's runtime interface client. `bench/run cold` calls it.
final class ColdBench {
  private static final double TARGET_WALL = 600; // ms
  private static final double TARGET_CPU = 500; // ms

  /// A start-up cache that does not fit fails the start.
  private static final String STRICT = "-XX:AOTMode=on ";

  private record Function(String name, String event) {
    String handler() {
      return "imageservice.functions." + name + "Function";
    }
  }

  private final Path made;
  private final int rounds;

  private ColdBench(Path made, int rounds) {
    this.made = made;
    this.rounds = rounds;
  }

  /// Arguments: the folder that `functions/package` made, and `smoke` where every row is wanted but
  /// no measurement.
  public static void main(String[] arguments) throws Exception {
    boolean isSmoke = arguments.length > 1 && arguments[1].equals("smoke");
    ColdBench bench = new ColdBench(Path.of(arguments[0]), isSmoke ? 1 : 5);
    System.out.println("\nThe first answer of a function that starts, one core");
    double floor = bench.empty();
    for (Function function :
        List.of(
            new Function("Asset", World.readyAsset()),
            new Function("Configuration", World.configuration()),
            new Function("Release", World.versions()))) {
      bench.row(function, "as Maven packs it", bench.plain(function), "", floor, false);
      bench.row(function, "as functions/package does", bench.packaged(), STRICT, floor, !isSmoke);
    }
  }

  /// The same virtual machine with a program that does nothing.
  private double empty() throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      List<String> command = ColdStart.pinned(plainJava(Nothing.class.getName()));
      long start = System.nanoTime();
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      times.add((System.nanoTime() - start) / 1e6);
      if (status != 0) {
        throw new IOException("no empty program: " + status);
      }
    }
    double median = times.stream().sorted().toList().get(rounds / 2);
    System.out.printf(Locale.ROOT, "  %-46s %8.1f ms%n", "a program that does nothing", median);
    return median;
  }

  /// Lambda's managed runtime starts jars so, as far as is known.
  private List<String> plain(Function function) {
    List<String> command = plainJava(Launch.CLIENT + ".AWSLambda");
    command.add(function.handler());
    return command;
  }

  private List<String> plainJava(String main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx819m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            made.resolve("jars") + "/*:" + System.getProperty("java.class.path").split(":", -1)[0],
            main));
  }

  private List<String> packaged() {
    return List.of(made.resolve("root/bootstrap").toAbsolutePath().toString());
  }

  /// @param options of the virtual machine that lists its classes
  private void row(
      Function function,
      String how,
      List<String> command,
      String options,
      double floor,
      boolean judges)
      throws IOException, InterruptedException {
    List<ColdStart> starts = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      starts.add(start(function, command, Map.of()));
    }
    Path log = Files.createTempFile("image-service-classes", ".log");
    start(function, command, Map.of("JAVA_TOOL_OPTIONS", options + "-Xlog:class+load:file=" + log));
    long classes = Files.readAllLines(log).size();
    Files.delete(log);
    double wall = median(starts, ColdStart::wall);
    double cpu = median(starts, ColdStart::cpu);
    System.out.printf(
        Locale.ROOT,
        "  %-46s %8.1f ms  CPU %6.1f ms  least %.1f ms, CPU %.1f ms%n"
            + "    %.1f x the program that does nothing, %.0f MB, %d classes%s%n",
        function.name() + ", " + how,
        wall,
        cpu,
        least(starts, ColdStart::wall),
        least(starts, ColdStart::cpu),
        wall / floor,
        median(starts, ColdStart::memory) / (1 << 20),
        classes,
        judges ? verdict(wall, cpu) : "");
  }

  private static String verdict(double wall, double cpu) {
    return "   target <= %.0f ms, CPU <= %.0f ms: %s"
        .formatted(
            TARGET_WALL,
            TARGET_CPU,
            wall <= TARGET_WALL && cpu <= TARGET_CPU ? "met" : "OVER TARGET");
  }

  private ColdStart start(Function function, List<String> command, Map<String, String> more)
      throws IOException, InterruptedException {
    return ColdStart.of(
        command, function.handler(), function.event(), made.resolve("root").toAbsolutePath(), more);
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
