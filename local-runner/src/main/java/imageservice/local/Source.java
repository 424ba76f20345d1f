package imageservice.local;

import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.LayoutSource;
import imageservice.builder.oci.RegistryPrefix;
import imageservice.builder.oci.RegistrySource;
import imageservice.builder.oci.Retries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The value of `--source`: a registry's prefix, or a folder of OCI layouts.
final class Source {
  static final String STANDARD = "ghcr.io/siderolabs/";

  private static final String LAYOUTS = "oci:";
  private static final int ATTEMPTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Source() {}

  static ImageSource open(String text) throws CommandException {
    if (text.startsWith(LAYOUTS)) {
      return layouts(Path.of(text.substring(LAYOUTS.length())));
    }
    try {
      return new RegistrySource(
          RegistryPrefix.parse(text),
          Optional.empty(),
          RegistrySource.client(),
          new Retries(ATTEMPTS, Thread::sleep, () -> ThreadLocalRandom.current().nextDouble()),
          InstantSource.system(),
          PATIENCE);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "--source "
              + text
              + ": "
              + e.getMessage()
              + "; give a prefix such as "
              + STANDARD
              + ", or oci:DIR");
    }
  }

  private static ImageSource layouts(Path folder) throws CommandException {
    if (!Files.isDirectory(folder)) {
      throw new CommandException("--source " + LAYOUTS + folder + ": there is no such folder");
    }
    return new LayoutSource(folder);
  }
}
