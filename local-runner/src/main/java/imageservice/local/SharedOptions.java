package imageservice.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of every command that reads releases.
final class SharedOptions {
  @Mixin private SourceOptions source = new SourceOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the folder for all state (default: $XDG_DATA_HOME/image-service)")
  private @Nullable Path data;

  @Option(
      names = "--grub-kit",
      paramLabel = "DIR",
      description =
          "the GRUB kit, as grub-kit/make-grub-kit makes it (default: the distribution's own, else $XDG_CACHE_HOME/image-service/grub-kit)")
  private @Nullable Path grubKit;

  @Option(
      names = "--run-overlay-programs",
      description =
          "ask an overlay whose kernel arguments are not known here by running its own program, in"
              + " a sandbox without network and files; off unless given")
  private boolean overlayPrograms;

  boolean overlayPrograms() {
    return overlayPrograms;
  }

  Path data() {
    return data != null
        ? data
        : DataFolder.standard(System.getenv("XDG_DATA_HOME"), System.getProperty("user.home"));
  }

  /// The folder for all state, another one where the releases are the demo's.
  Path demoData() {
    return data != null ? data : data().resolve("demo");
  }

  boolean hasGrubKit() {
    return grubKit != null;
  }

  Path grubKit() {
    return grubKit != null
        ? grubKit
        : ShippedKit.of(System.getProperty(ShippedKit.HOME))
            .orElseGet(() -> cache().resolve("grub-kit"));
  }

  /// Where things are kept that can be made or fetched again.
  static Path cache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && Path.of(cache).isAbsolute()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("image-service");
  }

  VerifiedSource source() throws CommandException {
    return source.open();
  }

  /// The demo's releases as the source.
  ///
  /// @param layouts a folder with an OCI layout of each image
  VerifiedSource demoSource(Path layouts) throws CommandException {
    return source.demo(layouts);
  }

  /// Refuses options that the demo contradicts.
  void requireDemo() throws CommandException {
    source.requireDemo();
  }
}
