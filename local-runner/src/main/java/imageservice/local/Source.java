package imageservice.local;

import imageservice.builder.BuilderWiring;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.LayoutSource;
import imageservice.builder.oci.RegistryPrefix;
import java.nio.file.Files;
import java.nio.file.Path;

/// The value of `--source`: a registry's prefix, or a folder of OCI layouts.
final class Source {
  static final String STANDARD = BuilderWiring.STANDARD_SOURCE;

  private static final String LAYOUTS = "oci:";

  private Source() {}

  static ImageSource open(String text) throws CommandException {
    if (text.startsWith(LAYOUTS)) {
      return layouts(Path.of(text.substring(LAYOUTS.length())));
    }
    try {
      return BuilderWiring.registry(RegistryPrefix.parse(text));
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
