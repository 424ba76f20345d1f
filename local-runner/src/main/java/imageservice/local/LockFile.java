package imageservice.local;

import imageservice.asset.AssetName;
import imageservice.json.MalformedJsonException;
import imageservice.plan.BootKeys;
import imageservice.plan.BuildPlan;
import imageservice.plan.Lock;
import imageservice.plan.LockJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The file of `--lock`.
final class LockFile {
  private LockFile() {}

  static Lock read(Path file) throws CommandException {
    try {
      return LockJson.read(Files.readString(file));
    } catch (IOException e) {
      throw new CommandException("--lock " + file + " cannot be read: " + Reason.of(e));
    } catch (MalformedJsonException e) {
      throw new CommandException("--lock " + file + ": " + e.getMessage());
    }
  }

  /// Refuses to sign with other keys than those of the service that made the lock.
  ///
  /// @param keys of `--secure-boot`; without any, nothing for secure boot is planned
  static void requireSameKeys(Lock lock, AssetName name, Optional<BootKeys> keys)
      throws CommandException {
    if (isSigned(name) && keys.isPresent() && !lock.hasKeys(keys.get())) {
      throw new CommandException(
          "%s would be signed with other keys than the lock was made for: %s; give those with %s"
              .formatted(
                  name,
                  lock.bootKeys()
                      .map(there -> "certificate " + there.certificate())
                      .orElse("the service had none"),
                  BootKeyOptions.SWITCH));
    }
  }

  private static boolean isSigned(AssetName name) {
    return name instanceof AssetName.ForTarget asset && asset.target().secureBoot();
  }

  /// Refuses to build other bytes than those that the lock was made for.
  static void requireSameRecipe(Lock lock, BuildPlan plan) throws CommandException {
    String recipe = plan.recipe().toString();
    if (!lock.recipes().contains(recipe)) {
      throw new CommandException(
          "the service that made the lock did not build by %s, as this version does, but by one of: %s; use that version, or build from a configuration"
              .formatted(recipe, String.join(", ", lock.recipes())));
    }
  }
}
