package imageservice.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line.
@Command(
    name = "image-service",
    mixinStandardHelpOptions = true,
    version = "Image Service 0.1.0",
    description = "Describe Talos Linux boot media, get an id, download every boot asset for it.",
    subcommands = {
      ServeCommand.class,
      BuildCommand.class,
      VerifyCommand.class,
      HealthCommand.class,
      WarmUpCommand.class,
      MakeReleaseCommand.class,
      MakeKeysCommand.class,
      MakeCertificateCommand.class,
      MirrorCommand.class
    })
public final class Main implements Runnable {
  private static final int USAGE = 2;

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /// Runs a command; returns the exit status: 0 for success, 1 for a failure, 2 for wrong usage.
  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((e, command, parsed) -> {
          if (e instanceof CommandException) {
            command.getErr().println("image-service: " + e.getMessage());
            return 1;
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
