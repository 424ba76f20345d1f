package imageservice.functions.asset;

import imageservice.functions.http.WaitingRoom;
import imageservice.ledger.ItemTable;
import imageservice.ledger.Places;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A number of places for waiting requests, of all instances together.
public final class TableWaitingRoom implements WaitingRoom {
  private final Places places;

  /// @param places at least one
  public TableWaitingRoom(ItemTable table, int places, InstantSource clock) {
    this.places = new Places(table, "waiting", places, clock);
  }

  @Override
  public Optional<Place> enter(String request, Instant until) throws IOException {
    return places.take(request, until, Places.Ended.NONE)
        ? Optional.of(() -> leave(request, until))
        : Optional.empty();
  }

  private void leave(String request, Instant until) {
    try {
      places.leave(request, until);
    } catch (IOException e) {
      // The place is free again when its time is over.
    }
  }
}
