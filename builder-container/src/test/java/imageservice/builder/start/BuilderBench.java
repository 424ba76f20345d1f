package imageservice.builder.start;

import imageservice.packaging.ColdBench;
import imageservice.packaging.Subject;
import java.nio.file.Path;
import java.util.List;

/// What a cold start of the builder costs, up to its first order and up to a small asset.
final class BuilderBench {
  private static final List<ColdBench.Target> TARGETS = List.of(ColdBench.Target.question(600));

  private BuilderBench() {}

  /// Arguments: the folder with the image's files, the folder with its jars and the runtime
  /// interface client's, and `smoke` where every row is wanted but no measurement.
  public static void main(String[] arguments) throws Exception {
    boolean isSmoke = arguments.length > 2 && arguments[2].equals("smoke");
    ColdBench bench =
        new ColdBench(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            ColdBench.rounds(isSmoke),
            List.of("-XX:MaxRAMPercentage=25"));
    System.out.println("\nThe first asset of a builder that starts, one core");
    List<String> orders = BuildWorld.orders();
    for (int i = 0; i < orders.size(); i++) {
      String name = List.of("Command line", "Kernel", "Initramfs").get(i);
      Subject subject =
          new Subject(name, "imageservice.builder.BuilderFunction", BuildWorld::new, orders.get(i));
      bench.rows(subject, isSmoke ? List.of() : TARGETS);
    }
  }
}
