package imageservice.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `health`: whether a service is ready, for those who only look at an exit status.
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a running service whether it is ready: exit status 0 if it is, else 1.",
      "For health checks of containers, which have no other program that asks."
    })
final class HealthCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080/",
      description = "the address of the service (default: ${DEFAULT-VALUE})")
  private String url = "";

  @Override
  public Integer call() throws CommandException {
    String ready = Address.parse("--url", url) + "readyz";
    int status = status(ready);
    if (status != OK) {
      throw new CommandException("not ready: %s answers %d".formatted(ready, status));
    }
    return 0;
  }

  private static int status(String address) throws CommandException {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException("not ready: %s: %s".formatted(address, e.getMessage()));
    }
  }
}
