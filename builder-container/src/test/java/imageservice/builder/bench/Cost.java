package imageservice.builder.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What something cost.
///
/// @param wall nanoseconds on the clock
/// @param cpu nanoseconds of processors, of all threads of a process: the collector and the
///   compiler too
record Cost(long wall, long cpu) {
  private static final CpuClock PROCESS = CpuClock.ofProcess();

  /// Something that can be done over and over.
  interface Job {
    void run() throws IOException, InterruptedException;
  }

  /// @param first in a virtual machine that never did it
  /// @param median of those after it was warm
  record Series(Cost first, Cost median) {}

  /// The jobs in turns, so that whatever else goes on hits all alike.
  static List<Series> series(Duration warmUp, int rounds, List<Job> jobs)
      throws IOException, InterruptedException {
    List<List<Cost>> costs = new ArrayList<>();
    jobs.forEach(job -> costs.add(new ArrayList<>()));
    long warm = System.nanoTime() + warmUp.toNanos();
    for (int left = rounds; left > 0; left -= System.nanoTime() > warm ? 1 : 0) {
      for (int i = 0; i < jobs.size(); i++) {
        costs.get(i).add(of(jobs.get(i)));
      }
    }
    return costs.stream()
        .map(all -> new Series(all.getFirst(), median(all.reversed().subList(0, rounds))))
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

  private static long median(List<Cost> costs, ToLongFunction<Cost> part) {
    return costs.stream().mapToLong(part).sorted().skip(costs.size() / 2).findFirst().orElseThrow();
  }

  private static long processCpu() {
    return PROCESS.nanoseconds();
  }
}
