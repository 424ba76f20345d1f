package imageservice.local;

import imageservice.builder.BuilderWiring;
import imageservice.builder.fetch.Verifier;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.oci.ImageSource;
import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// The build side as `serve` and `build` use it on this machine.
final class BuildSide {
  /// Bytes.
  private static final long CACHE_CAPACITY = 20L << 30;

  private BuildSide() {}

  /// Opens the build side over a source.
  ///
  /// @param blobs folder of the cache of material
  /// @param overlayPrograms whether programs of overlays may run
  /// @param signer signs installer images; absent where none are signed
  /// @param bootKeys sign assets for secure boot; absent where there are none
  static BuilderWiring open(
      ImageSource source,
      Verifier verifier,
      Path blobs,
      Path kitFolder,
      boolean overlayPrograms,
      Optional<Signer> signer,
      Optional<BootKeyring> bootKeys)
      throws CommandException {
    BuilderWiring.Settings settings =
        new BuilderWiring.Settings(
            blobs,
            CACHE_CAPACITY,
            Optional.of(kitFolder),
            overlayPrograms,
            Set.of(),
            signer,
            bootKeys);
    try {
      return BuilderWiring.open(settings, source, verifier);
    } catch (GrubKitException e) {
      throw new CommandException("--grub-kit " + kitFolder + ": " + e.getMessage());
    } catch (IOException e) {
      throw new CommandException(Reason.of(e));
    }
  }
}
