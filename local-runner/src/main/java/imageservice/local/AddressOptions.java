package imageservice.local;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say where clients find the service.
final class AddressOptions {
  private static final String OBJECT_PORT = "--object-port";

  @Option(
      names = "--external-url",
      paramLabel = "URL",
      description = "the address under which people reach the service, if it is another")
  private @Nullable String external;

  @Option(
      names = "--pxe-url",
      paramLabel = "URL",
      description =
          "the address in boot scripts, if machines that boot over the network need another one, such as plain HTTP")
  private @Nullable String pxe;

  @Option(
      names = OBJECT_PORT,
      paramLabel = "N",
      defaultValue = "0",
      description = "port that clients fetch objects from, 0 for any that is free (default: 0)")
  private int objectPort;

  @Option(
      names = "--object-url",
      paramLabel = "URL",
      description =
          "the host in links to objects, if clients reach --object-port under another address")
  private @Nullable String objects;

  Addresses addresses() throws CommandException {
    Ports.require(OBJECT_PORT, objectPort);
    if (objects != null && objectPort == 0) {
      throw new CommandException(
          "--object-url "
              + objects
              + ": needs "
              + OBJECT_PORT
              + ", so that the port stays the same");
    }
    return new Addresses(
        external == null
            ? Optional.empty()
            : Optional.of(Address.parse("--external-url", external)),
        pxe == null ? Optional.empty() : Optional.of(Address.parse("--pxe-url", pxe)),
        objectPort,
        objects == null ? Optional.empty() : Optional.of(Address.host("--object-url", objects)));
  }
}
