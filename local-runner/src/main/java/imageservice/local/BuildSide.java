package imageservice.local;

import imageservice.builder.BuilderWiring;
import imageservice.builder.material.GrubKitException;
import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.Signer;
import imageservice.ledger.Admissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// The build side as `serve` and `build` use it on this machine.
final class BuildSide {
  /// Bytes.
  private static final long CACHE_CAPACITY = 20L << 30;

  private BuildSide() {}

  /// Opens the build side over a source and its catalogues.
  ///
  /// @param admissions what was admitted before; absent for a command
  /// @param blobs folder of the cache of material
  /// @param overlayPrograms whether programs of overlays may run
  /// @param signer signs installer images; absent where none are signed
  /// @param bootKeys sign assets for secure boot; absent where there are none
  static BuilderWiring open(
      VerifiedSource source,
      Optional<Admissions> admissions,
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
      return BuilderWiring.open(settings, source.from(admissions), source.own(admissions));
    } catch (GrubKitException e) {
      throw new CommandException("--grub-kit " + kitFolder + ": " + e.getMessage());
    } catch (IOException e) {
      throw new CommandException(Reason.of(e));
    }
  }
}
