package imageservice.functions.start;

import imageservice.packaging.ColdBench;
import imageservice.packaging.Subject;
import java.nio.file.Path;
import java.util.List;

/// What a cold start of the request functions costs.
final class FunctionsBench {
  private static final List<ColdBench.Target> TARGETS =
      List.of(ColdBench.Target.answer(600), ColdBench.Target.processor(500));

  private FunctionsBench() {}

  /// Arguments: the folder that `functions/package` made, and `smoke` where every row is wanted but
  /// no measurement.
  public static void main(String[] arguments) throws Exception {
    Path made = Path.of(arguments[0]);
    boolean isSmoke = arguments.length > 1 && arguments[1].equals("smoke");
    ColdBench bench =
        new ColdBench(
            made.resolve("root"),
            made.resolve("jars"),
            ColdBench.rounds(isSmoke),
            List.of("-Xmx819m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    System.out.println("\nThe first answer of a function that starts, one core");
    for (Subject subject :
        List.of(
            subject("Asset", RequestWorld.readyAsset()),
            subject("Configuration", RequestWorld.configuration()),
            subject("Release", RequestWorld.versions()))) {
      bench.rows(subject, isSmoke ? List.of() : TARGETS);
    }
  }

  private static Subject subject(String name, String event) {
    return new Subject(
        name, "imageservice.functions." + name + "Function", RequestWorld::new, event);
  }
}
