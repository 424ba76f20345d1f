package imageservice.local;

import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.PemSigner;
import imageservice.configuration.IdRule;
import imageservice.release.TalosVersion;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    description = "Run the service, for this machine alone unless --listen says otherwise.")
final class ServeCommand implements Callable<Integer> {
  private static final Duration LONGEST_STOP = Duration.ofMillis(250);

  @Mixin private SharedOptions shared = new SharedOptions();
  @Mixin private AddressOptions addresses = new AddressOptions();
  @Mixin private TlsOptions tls = new TlsOptions();
  @Mixin private StoreOptions store = new StoreOptions();
  @Mixin private SigningOptions signing = new SigningOptions();
  @Mixin private BootKeyOptions bootKeys = new BootKeyOptions();
  @Mixin private DemoOptions demo = new DemoOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = ListenAddress.SWITCH,
      paramLabel = "ADDRESS",
      defaultValue = ListenAddress.LOOPBACK,
      description =
          "the IP address to listen on: one of this machine's, or 0.0.0.0 for all, with --external-url (default: ${DEFAULT-VALUE})")
  private String listen = ListenAddress.LOOPBACK;

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

  @Option(
      names = "--direct",
      description =
          "send assets at their own addresses rather than redirect to them; iPXE gets them so in any case, but from a shared store")
  private boolean direct;

  @Override
  public Integer call() throws CommandException, InterruptedException {
    PrintStream log = System.err;
    ServeOptions options = options();
    Service service = Service.start(options, log);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "stopping"));
    options.listen().warning(options.tls().isPresent()).ifPresent(log::println);
    System.out.println("Image Service is ready at " + service.url());
    if (demo.isGiven()) {
      System.out.println(Demo.hints(service.url(), demo.versions().getLast()));
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
    ListenAddress address = ListenAddress.parse(listen, port);
    Addresses clients = addresses.addresses();
    if (address.isEvery() && clients.external().isEmpty()) {
      throw new CommandException(
          "%s %s is every address of this machine: say which one clients use, such as --external-url http://192.168.1.5:%s/"
              .formatted(ListenAddress.SWITCH, address, port == 0 ? "PORT" : port));
    }
    IdRule rule = idRule();
    Optional<PemSigner> signs = signing.signer();
    Optional<BootKeyring> keys = bootKeys.keys();
    Served served = demo.isGiven() ? demonstrated() : served();
    return new ServeOptions(
        address,
        tls.files(),
        direct,
        served.data(),
        store.shared(clients),
        served.source(),
        served.grubKit(),
        shared.overlayPrograms(),
        clients,
        rule,
        signs,
        keys,
        proxiesSources);
  }

  /// What is served, and where it is kept.
  private record Served(Path data, VerifiedSource source, Path grubKit) {}

  private Served served() throws CommandException {
    return new Served(shared.data(), shared.source(), shared.grubKit());
  }

  /// Made last, when nothing else can be wrong with the options, as it takes long the first time.
  private Served demonstrated() throws CommandException {
    shared.requireDemo();
    List<TalosVersion> versions = demo.versions();
    DemoSetup setup = DemoSetup.standard(System.err);
    Path layouts = setup.releases(versions);
    Path kit = shared.grubKit();
    return new Served(
        shared.demoData(),
        shared.demoSource(layouts),
        shared.hasGrubKit() ? kit : setup.grubKit(kit));
  }

  private IdRule idRule() throws CommandException {
    try {
      return idKey == null ? new IdRule.Plain() : new IdRule.Keyed(idKey);
    } catch (IllegalArgumentException e) {
      throw new CommandException("--id-key: " + e.getMessage());
    }
  }
}
