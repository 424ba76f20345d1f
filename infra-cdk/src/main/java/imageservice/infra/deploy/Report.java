package imageservice.infra.deploy;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// One line for each thing that a command does.
record Report(PrintWriter out, String command) {
  static Report of(@Nullable CommandSpec spec) {
    CommandSpec known = Objects.requireNonNull(spec);
    return new Report(known.commandLine().getOut(), known.name());
  }

  void say(String line) {
    out.println(command + ": " + line);
    out.flush();
  }
}
