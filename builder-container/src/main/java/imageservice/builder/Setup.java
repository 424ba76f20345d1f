package imageservice.builder;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a Lambda function sets up once: when its instance starts, or with the first event for which
/// it works. So an instance that could not start still takes its events, and says why.
final class Setup<T> {
  /// Makes the part.
  interface Attempt<T> {
    T make() throws IOException;
  }

  private final Attempt<T> attempt;
  private @Nullable T made;

  private Setup(Attempt<T> attempt) {
    this.attempt = attempt;
  }

  /// Tries to make the part; a failure is left to the first event.
  static <T> Setup<T> begin(Attempt<T> attempt) {
    Setup<T> setup = new Setup<>(attempt);
    try {
      setup.get();
    } catch (SetupException e) {
      // The first event tries again, and its order tells the failure.
    }
    return setup;
  }

  /// The part, made now where it is not there yet.
  synchronized T get() throws SetupException {
    if (made != null) {
      return made;
    }
    try {
      T part = attempt.make();
      made = part;
      return part;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new SetupException(e);
    }
  }
}
