package imageservice.builder.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What something cost.
///
/// @param wall nanoseconds on the clock
/// @param cpu nanoseconds of processors, of all threads of a process: the collector and the
///   compiler too
record Cost(long wall, long cpu) {
  /// Something that can be done over and over.
  interface Job {
    void run() throws IOException, InterruptedException;
  }

  /// @param first in a virtual machine that never did it
  /// @param median of those after it was warm
  record Series(Cost first, Cost median) {}

  /// The jobs in turns, so that whatever else goes on hits all alike.
  static List<Series> series(int warmUp, int rounds, List<Job> jobs)
      throws IOException, InterruptedException {
    List<List<Cost>> costs = new ArrayList<>();
    jobs.forEach(job -> costs.add(new ArrayList<>()));
    for (int round = 0; round < warmUp + rounds; round++) {
      for (int i = 0; i < jobs.size(); i++) {
        costs.get(i).add(of(jobs.get(i)));
      }
    }
    return costs.stream()
        .map(all -> new Series(all.getFirst(), median(all.subList(warmUp, all.size()))))
        .toList();
  }

  /// Of wall and CPU each.
  static Cost median(List<Cost> costs) {
    return new Cost(median(costs, Cost::wall), median(costs, Cost::cpu));
  }

  static Cost of(Job job) throws IOException, InterruptedException {
    long cpu = processCpu();
    long begin = System.nanoTime();
    job.run();
    long end = System.nanoTime();
    return new Cost(end - begin, processCpu() - cpu);
  }

  String text() {
    return "%.1f ms, CPU %.1f ms".formatted(wall / 1e6, cpu / 1e6);
  }

  private static long median(List<Cost> costs, ToLongFunction<Cost> part) {
    return costs.stream().mapToLong(part).sorted().skip(costs.size() / 2).findFirst().orElseThrow();
  }

  private static long processCpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
