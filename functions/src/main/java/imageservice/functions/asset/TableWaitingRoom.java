package imageservice.functions.asset;

import imageservice.functions.http.WaitingRoom;
import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A number of places for all instances together: one item of a table, a line for each place that
/// is taken. A place whose request ended without leaving it is free again when its time is over.
public final class TableWaitingRoom implements WaitingRoom {
  private static final String KEY = "waiting";

  private final ItemTable table;
  private final int places;
  private final InstantSource clock;

  /// @param places at least one
  public TableWaitingRoom(ItemTable table, int places, InstantSource clock) {
    this.table = table;
    this.places = places;
    this.clock = clock;
  }

  /// A taken place.
  private record Taken(String request, Instant until) {
    String line() {
      return until.toEpochMilli() + " " + request;
    }

    static Taken parse(String line) {
      int blank = line.indexOf(' ');
      return new Taken(
          line.substring(blank + 1),
          Instant.ofEpochMilli(Long.parseLong(line.substring(0, blank))));
    }
  }

  @Override
  public Optional<Place> enter(String request, Instant until) throws IOException {
    Taken own = new Taken(request, until);
    boolean entered = change(taken -> taken.size() < places ? with(taken, own) : taken);
    return entered ? Optional.of(() -> leave(own)) : Optional.empty();
  }

  private void leave(Taken own) {
    try {
      change(taken -> without(taken, own));
    } catch (IOException e) {
      // The place is free again when its time is over.
    }
  }

  /// Changes the taken places until nobody else does in between; returns whether that changed
  /// anything.
  private boolean change(UnaryOperator<List<Taken>> step) throws IOException {
    while (true) {
      Optional<Item> item = table.find(KEY);
      List<Taken> taken = item.map(this::taken).orElseGet(List::of);
      List<Taken> next = step.apply(taken);
      if (next.equals(taken)) {
        return false;
      }
      if (write(item, next)) {
        return true;
      }
    }
  }

  private boolean write(Optional<Item> before, List<Taken> taken) throws IOException {
    String text = taken.stream().map(Taken::line).collect(Collectors.joining("\n"));
    return before.isEmpty() ? table.create(KEY, text) : table.replace(before.get(), text);
  }

  /// Those whose time is not over.
  private List<Taken> taken(Item item) {
    Instant now = clock.instant();
    return item.text()
        .lines()
        .map(Taken::parse)
        .filter(taken -> taken.until().isAfter(now))
        .toList();
  }

  private static List<Taken> with(List<Taken> taken, Taken own) {
    List<Taken> all = new ArrayList<>(taken);
    all.add(own);
    return all;
  }

  private static List<Taken> without(List<Taken> taken, Taken own) {
    List<Taken> others = new ArrayList<>(taken);
    others.remove(own);
    return others;
  }
}
