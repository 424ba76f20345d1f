package imageservice.infra.deploy;

import imageservice.infra.preflight.Machine;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Looks at the machine.
record MachineReader(Surroundings surroundings) {
  /// The oldest that is still maintained.
  private static final int LEAST_NODE = 22;

  Machine read(boolean makesKit) throws InterruptedException {
    TreeSet<String> missing = new TreeSet<>();
    Stream.concat(Machine.PROGRAMS.stream(), Machine.KIT_PROGRAMS.stream())
        .filter(program -> !surroundings.hasProgram(program))
        .forEach(missing::add);
    return new Machine(node(), leastNode(), missing, makesKit);
  }

  private int leastNode() {
    return surroundings.variable("DEPLOY_LEAST_NODE").map(Integer::valueOf).orElse(LEAST_NODE);
  }

  private static Optional<Integer> node() throws InterruptedException {
    return Programs.output(List.of("node", "--version"))
        .filter(version -> version.matches("v[0-9]{1,4}\\..*"))
        .map(version -> Integer.valueOf(version.substring(1, version.indexOf('.'))));
  }
}
