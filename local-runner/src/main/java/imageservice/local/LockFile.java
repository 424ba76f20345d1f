package imageservice.local;

import imageservice.json.MalformedJsonException;
import imageservice.plan.BuildPlan;
import imageservice.plan.Lock;
import imageservice.plan.LockJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
