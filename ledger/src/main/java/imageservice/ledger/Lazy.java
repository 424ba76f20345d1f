package imageservice.ledger;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that the first {@link #get} makes, such as the client of an AWS service that few
/// requests need. Safe for use by many threads.
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T value; // guarded by this

  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T made = value;
    if (made == null) {
      made = maker.get();
      value = made;
    }
    return made;
  }
}
