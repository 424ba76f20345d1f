package imageservice.infra.deploy;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the scripts `deploy` and `destroy` start.
@Command(
    name = "image-service",
    description = "The service on AWS.",
    subcommands = {DeployCommand.class, DestroyCommand.class})
public final class Main implements Runnable {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /// Runs a command; returns the exit status: 0 for success, 1 for a failure, 2 for wrong usage.
  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((e, command, parsed) -> {
          if (e instanceof DeployException) {
            command.getErr().println(command.getCommandName() + ": " + e.getMessage());
            return FAILED;
          }
          throw e;
        })
        .execute(arguments);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.err);
    System.exit(USAGE);
  }
}
