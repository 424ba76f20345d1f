package imageservice.local;

import imageservice.builder.sign.BootKeyring;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that names the keys of secure boot.
final class BootKeyOptions {
  static final String SWITCH = "--secure-boot";
  private static final String VARIABLE = "IMAGE_SERVICE_SECURE_BOOT";

  @Option(
      names = SWITCH,
      paramLabel = "DIR",
      defaultValue = "${env:" + VARIABLE + "}",
      description =
          "make assets for secure boot (NAME-secureboot), signed by the keys in this folder, as"
              + " make-keys makes them (default: the folder that $"
              + VARIABLE
              + " names; without either there are none)")
  private @Nullable Path folder;

  Optional<BootKeyring> keys() throws CommandException {
    return folder == null || folder.toString().isBlank()
        ? Optional.empty()
        : Optional.of(new BootKeyFolder(SWITCH, folder).read());
  }
}
