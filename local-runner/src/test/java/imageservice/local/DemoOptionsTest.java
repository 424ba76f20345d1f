package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

final class DemoOptionsTest {
  @Command
  private static final class Probe implements Callable<Integer> {
    @Mixin private DemoOptions demo = new DemoOptions();

    @Option(names = "--port")
    private int port;

    private String seen = "";

    @Override
    public Integer call() throws CommandException {
      seen = demo.isGiven() + " " + demo.versions() + " " + port;
      return 0;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|false [] 0",
        "--demo|true [v1.9.5, v1.13.2] 0",
        "--demo --port 1|true [v1.9.5, v1.13.2] 1",
        "--demo v1.13.2,v1.9.5 --port 1|true [v1.9.5, v1.13.2] 1",
        "--port 1 --demo=v1.7.6|true [v1.7.6] 1",
        "--demo v1.7.6|true [v1.7.6] 0"
      })
  void takesAListOfVersionsOrNone(String arguments, String expected) {
    Probe probe = new Probe();
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    assertThat(new CommandLine(probe).execute(words)).isZero();
    assertThat(probe.seen).isEqualTo(expected);
  }

  private static String refusal(String... arguments) {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new ServeCommand())
            .setErr(new PrintWriter(errors))
            .setExecutionExceptionHandler((e, command, parsed) -> {
              command.getErr().print(e.getMessage());
              return 1;
            })
            .execute(arguments);
    assertThat(status).isOne();
    return errors.toString();
  }

  @Test
  void refusesVersionsByNameAndASourceBesideIt() {
    assertThat(refusal("--demo", "v9.1.0"))
        .isEqualTo(
            "--demo v9.1.0: no release v9.1.0: there are v1.2.0 to v1.14.x, such as v1.9.5 and v1.13.2");
    assertThat(refusal("--demo", "--source", "oci:/images"))
        .isEqualTo(
            "--demo has releases of its own, so that --source oci:/images would not be asked: give one of them");
  }
}
