package imageservice.local;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say where clients find the service.
final class AddressOptions {
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
      names = "--object-url",
      paramLabel = "URL",
      description =
          "the address in links to objects, if it is not the external one, such as plain HTTP")
  private @Nullable String objects;

  Addresses addresses() throws CommandException {
    return new Addresses(
        address("--external-url", external),
        address("--pxe-url", pxe),
        address("--object-url", objects));
  }

  private static Optional<String> address(String option, @Nullable String text)
      throws CommandException {
    return text == null ? Optional.empty() : Optional.of(Address.parse(option, text));
  }
}
