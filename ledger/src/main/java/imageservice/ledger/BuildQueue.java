package imageservice.ledger;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// The orders that wait for a builder, as far as somebody waits for them: a counter of the numbers
/// given out, and the highest number that a builder has taken. Both are single items, so the place
/// is exact where builders take orders in turn and close to it elsewhere.
final class BuildQueue {
  private static final String TICKETS = "queue#tickets";
  private static final String TAKEN = "queue#taken";

  private final ItemTable table;

  BuildQueue(ItemTable table) {
    this.table = table;
  }

  /// The highest number that a builder has taken.
  ///
  /// @param at when it took the order
  record Taken(long ticket, Instant at) {
    static final Taken NONE = new Taken(0, Instant.EPOCH);

    /// How many orders are before a number, its own included.
    long place(long of) {
      return Math.max(1, of - ticket);
    }
  }

  /// The next number: one more than the last.
  long draw() throws IOException {
    return table.count(TICKETS);
  }

  Taken taken() throws IOException {
    Optional<Item> item = table.find(TAKEN);
    return item.isEmpty() ? Taken.NONE : taken(item.get());
  }

  /// Notes that a builder has taken the order of a number. Of concurrent builders one may be lost;
  /// the next one makes up for it.
  void take(long ticket, Instant now) throws IOException {
    Optional<Item> item = table.find(TAKEN);
    if (item.isEmpty()) {
      table.create(TAKEN, text(ticket, now));
    } else {
      table.replace(item.get(), text(Math.max(ticket, taken(item.get()).ticket()), now));
    }
  }

  private static String text(long ticket, Instant at) {
    return ticket + " " + at.toEpochMilli();
  }

  private static Taken taken(Item item) throws IOException {
    String[] parts = item.text().split(" ", -1);
    try {
      return new Taken(
          Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[parts.length - 1])));
    } catch (NumberFormatException e) {
      throw new IOException(item.key() + ": not a number and a time: " + item.text(), e);
    }
  }
}
