package imageservice.functions.http;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Places for requests that wait for builders and indexers. Each holds an instance of a function
/// while it waits, and with all instances of an account waiting no builder could start.
public interface WaitingRoom {
  /// A place, which whoever has it leaves.
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// A place until it is left, or at most until a time; none where all are taken.
  ///
  /// @param request its id
  Optional<Place> enter(String request, Instant until) throws IOException;

  /// As many places as are asked for.
  static WaitingRoom unlimited() {
    return (request, until) -> Optional.of(() -> {});
  }
}
