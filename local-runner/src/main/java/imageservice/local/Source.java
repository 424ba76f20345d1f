package imageservice.local;

import imageservice.builder.BuilderWiring;
import imageservice.builder.oci.AllowedHosts;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.LayoutSource;
import imageservice.builder.oci.RegistryAccess;
import imageservice.builder.oci.RegistryPrefix;
import imageservice.builder.oci.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Opens the value of `--source`: a registry's prefix, or a folder of OCI layouts.
///
/// @param hosts the value of `--source-hosts`
record Source(CredentialFile credentials, String hosts) {
  static final String STANDARD = BuilderWiring.STANDARD_SOURCE;

  static final String LAYOUTS = "oci:";

  /// The repository of the images that releases are listed by.
  static final String RELEASES = "imager";

  /// Enough for the largest image over a line of 5 Mbit/s.
  private static final Duration LONGEST_DOWNLOAD = Duration.ofMinutes(20);

  ImageSource open(String text) throws CommandException {
    return text.startsWith(LAYOUTS)
        ? layouts(Path.of(text.substring(LAYOUTS.length())))
        : registry(prefix(text));
  }

  ImageSource registry(RegistryPrefix prefix) throws CommandException {
    return BuilderWiring.registry(
        new RegistryAccess(prefix, credentials.find(prefix), allowed()), LONGEST_DOWNLOAD);
  }

  private static RegistryPrefix prefix(String text) throws CommandException {
    try {
      return RegistryPrefix.parse(text);
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

  private AllowedHosts allowed() throws CommandException {
    try {
      return AllowedHosts.parse(hosts);
    } catch (IllegalArgumentException e) {
      throw new CommandException(AllowedHosts.SWITCH + " " + hosts + ": " + e.getMessage());
    }
  }

  private static ImageSource layouts(Path folder) throws CommandException {
    if (!Files.isDirectory(folder)) {
      throw new CommandException("--source " + LAYOUTS + folder + ": there is no such folder");
    }
    return new LayoutSource(folder);
  }

  /// Refuses a folder without releases, as nothing could ever be built from it.
  static void requireReleases(ImageSource source) throws CommandException {
    if (source instanceof LayoutSource layouts) {
      requireReleases(layouts, layouts.folder());
    }
  }

  private static void requireReleases(LayoutSource source, Path folder) throws CommandException {
    try {
      if (source.tags(RELEASES, Optional.empty())
              instanceof Tags.Listed(List<String> tags, var none)
          && !tags.isEmpty()) {
        return;
      }
    } catch (IOException e) {
      throw noReleases(folder, Reason.of(e));
    }
    throw noReleases(folder, "no tags in " + folder.resolve(RELEASES));
  }

  private static CommandException noReleases(Path folder, String reason) {
    return new CommandException(
        """
        --source oci:%1$s: no release is in there (%2$s); \
        it should hold a folder %3$s, an OCI layout with a tag for each Talos version, as made by \
        skopeo copy --all docker://%4$s%3$s:v1.9.5 oci:%1$s/%3$s:v1.9.5\
        """
            .formatted(folder, reason, RELEASES, STANDARD));
  }
}
