package imageservice.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a start of the service costs over the data of an earlier run: the distribution, which has a
/// runtime and a start-up cache of its own, beside the same jars on a class path.
final class StartBench {
  private static final int ROUNDS = 5;
  private static final double MILLISECOND = 1e6;

  /// Milliseconds.
  private static final double TARGET = 1_500;

  private final Path work;
  private final List<String> options;
  private final boolean isSmoke;

  private StartBench(Path work, List<String> options, boolean isSmoke) {
    this.work = work;
    this.options = options;
    this.isSmoke = isSmoke;
  }

  /// Arguments: the distribution's program, a folder of OCI layouts, the GRUB kit, a folder to work
  /// in, and `smoke` where every row is wanted but no measurement.
  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[3]);
    boolean isSmoke = arguments.length > 4 && arguments[4].equals("smoke");
    List<String> options =
        List.of(
            "serve",
            "--port=0",
            "--insecure-sources",
            "--source=oci:" + arguments[1],
            "--grub-kit=" + arguments[2],
            "--data=" + work.resolve("started"));
    new StartBench(work, options, isSmoke).measure(arguments[0]);
  }

  private void measure(String program) throws IOException, InterruptedException {
    System.out.println("\nA start of the service, over the data of an earlier run");
    Started packed = row("distribution", List.of(program));
    Started jars =
        row(
            "jars on a class path",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xlog:disable",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    String judged =
        isSmoke
            ? ""
            : "   target <= %.0f ms: %s"
                .formatted(TARGET, packed.answered() <= TARGET ? "met" : "OVER TARGET");
    System.out.printf(
        "  %-50s %8.2f x%s%n",
        "  distribution / jars, wall", packed.answered() / jars.answered(), judged);
  }

  /// Milliseconds from the start of the process.
  ///
  /// @param ready until it says that it is ready
  /// @param answered until `/readyz` is answered with 200
  private record Started(double ready, double answered) {}

  private Started row(String what, List<String> program) throws IOException, InterruptedException {
    start(program); // leaves the data
    List<Started> all = new ArrayList<>();
    for (int i = 0; i < (isSmoke ? 1 : ROUNDS); i++) {
      all.add(start(program));
    }
    Started median =
        new Started(
            median(all.stream().map(Started::ready).toList()),
            median(all.stream().map(Started::answered).toList()));
    System.out.printf(
        "  %-50s %8.1f ms  first answer %8.1f ms%n", what, median.ready(), median.answered());
    return median;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private Started start(List<String> program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(options);
    Path log = work.resolve("start.log");
    long begin = System.nanoTime();
    Process server = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String ready = said.readLine();
      if (ready == null) {
        throw new IOException("the service did not start: " + Files.readString(log));
      }
      double until = (System.nanoTime() - begin) / MILLISECOND;
      URI address = URI.create(ready.substring(ready.lastIndexOf(' ') + 1)).resolve("/readyz");
      while (!PlainAnswer.of(address).head().contains(" 200 ")) {
        Thread.sleep(1);
      }
      return new Started(until, (System.nanoTime() - begin) / MILLISECOND);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }
}
