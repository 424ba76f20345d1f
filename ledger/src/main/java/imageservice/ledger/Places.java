package imageservice.ledger;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A number of places for all instances together: one item of a table, a line for each place that
/// is taken. A place that nobody leaves is free again when its time is over.
public final class Places {
  private final ItemTable table;
  private final String key;
  private final int places;
  private final InstantSource clock;

  /// @param key of the item
  /// @param places at least one
  public Places(ItemTable table, String key, int places, InstantSource clock) {
    this.table = table;
    this.key = key;
    this.places = places;
    this.clock = clock;
  }

  /// Finds out who needs a place no longer.
  @FunctionalInterface
  public interface Ended {
    /// Those of the names that need none.
    Set<String> of(Set<String> names) throws IOException;

    /// Who leaves each place, or lets its time pass.
    Ended NONE = names -> Set.of();
  }

  /// A taken place.
  ///
  /// @param name of who has it
  private record Taken(String name, Instant until) {
    private Taken {
      until = Instant.ofEpochMilli(until.toEpochMilli()); // as its line has it
    }

    String line() {
      return until.toEpochMilli() + " " + name;
    }

    static Taken parse(String line) {
      int blank = line.indexOf(' ');
      return new Taken(
          line.substring(blank + 1),
          Instant.ofEpochMilli(Long.parseLong(line.substring(0, blank))));
    }
  }

  /// Takes a place until it is left, at most until a time; false where all are taken. Names need
  /// not differ.
  ///
  /// @param ended asked only where all places seem taken
  public boolean take(String name, Instant until, Ended ended) throws IOException {
    while (true) {
      Optional<Item> item = table.find(key);
      List<Taken> next = new ArrayList<>(item.isEmpty() ? List.of() : taken(item.get()));
      if (next.size() >= places) {
        Set<String> over = ended.of(next.stream().map(Taken::name).collect(Collectors.toSet()));
        next.removeIf(each -> over.contains(each.name()));
      }
      if (next.size() >= places) {
        return false;
      }
      next.add(new Taken(name, until));
      if (write(item, next)) {
        return true;
      }
    }
  }

  /// Leaves a place; does nothing where it is not taken.
  ///
  /// @param until as it was taken
  public void leave(String name, Instant until) throws IOException {
    while (true) {
      Optional<Item> item = table.find(key);
      List<Taken> next = new ArrayList<>(item.isEmpty() ? List.of() : taken(item.get()));
      if (!next.remove(new Taken(name, until)) || write(item, next)) {
        return;
      }
    }
  }

  private boolean write(Optional<Item> before, List<Taken> taken) throws IOException {
    String text = taken.stream().map(Taken::line).collect(Collectors.joining("\n"));
    return before.isEmpty() ? table.create(key, text) : table.replace(before.get(), text);
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
}
