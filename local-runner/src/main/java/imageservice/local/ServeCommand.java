package imageservice.local;

import imageservice.configuration.IdRule;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `serve`: runs the service until a signal ends the process.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Run the service on this machine's loopback interface.")
final class ServeCommand implements Callable<Integer> {
  private static final Duration LONGEST_STOP = Duration.ofMillis(250);

  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private AddressOptions addresses = new AddressOptions();
  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private BootKeyOptions bootKeys = new BootKeyOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--id-key",
      paramLabel = "HEX",
      description = "make ids with HMAC-SHA256 under this key, in hex (default: plain SHA-256)")
  private @Nullable String idKey;

  @Option(
      names = "--proxy-sources",
      description =
          "pass images of the release on, siderolabs/NAME, as the source has them; off unless given")
  private boolean proxiesSources;

  @Option(names = "--demo", hidden = true, description = "print what to try")
  private boolean demo;

  @Override
  public Integer call() throws CommandException, InterruptedException {
    PrintStream log = System.err;
    Service service = Service.start(options(), log);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "stopping"));
    String url = "http://127.0.0.1:" + service.port() + "/";
    System.out.println("Image Service is ready at " + url);
    if (demo) {
      System.out.println(Demo.hints(url));
    }
    System.out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  /// Stops at once: requests and builds under way are cut off, and leave no half-written object or
  /// item. A part that does not stop in time ends with the process.
  private static void stop(Service service) {
    Thread closing = Thread.ofPlatform().daemon().start(service::close);
    try {
      closing.join(LONGEST_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ServeOptions options() throws CommandException {
    Ports.require("--port", port);
    return new ServeOptions(
        port,
        shared.data(),
        shared.source(),
        shared.grubKit(),
        shared.overlayPrograms(),
        addresses.addresses(),
        idRule(),
        signing.signer(),
        bootKeys.keys(),
        proxiesSources);
  }

  private IdRule idRule() throws CommandException {
    try {
      return idKey == null ? new IdRule.Plain() : new IdRule.Keyed(idKey);
    } catch (IllegalArgumentException e) {
      throw new CommandException("--id-key: " + e.getMessage());
    }
  }
}
