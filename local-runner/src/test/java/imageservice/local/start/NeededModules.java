package imageservice.local.start;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/// The JDK's modules that classes of this project name, as `jdeps` finds them. What libraries name
/// is more than what is used of them.
final class NeededModules {
  private NeededModules() {}

  /// Refuses a list that lacks one.
  static void require(List<Path> jars, List<String> modules) throws IOException {
    Set<String> missing = new TreeSet<>(of(jars));
    missing.removeAll(modules);
    if (!missing.isEmpty()) {
      throw new IOException(
          "the runtime needs modules of the JDK that it is not given: " + missing);
    }
  }

  private static Set<String> of(List<Path> jars) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--multi-release", "base", "--ignore-missing-deps", "--no-recursive"));
    arguments.add("-summary");
    for (Path jar : jars) {
      if (OwnJar.is(jar)) {
        arguments.add(jar.toString());
      }
    }
    StringWriter found = new StringWriter();
    PrintWriter out = new PrintWriter(found, true);
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(out, out, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IOException("jdeps failed: " + found);
    }
    return found
        .toString()
        .lines()
        .map(line -> line.substring(line.indexOf("-> ") + 3).strip())
        .filter(name -> name.matches("(java|jdk)\\..*"))
        .collect(Collectors.toSet());
  }
}
