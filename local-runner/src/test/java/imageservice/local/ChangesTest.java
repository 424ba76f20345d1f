package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.Waiting;
import imageservice.ledger.Item;
import imageservice.ledger.ItemTable;
import imageservice.ledger.MemoryItemTable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests are woken by the item that they wait for, and by no other.
@Timeout(60)
final class ChangesTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final Changes changes = new Changes();
  private final ItemTable table = new WatchedTable(new MemoryItemTable(), changes);

  @Test
  void everyChangeOfTheItemWakes() throws Exception {
    try (Waiting.Watch watch = changes.watch("a")) {
      table.create("a", "1");
      watch.await(LONG);
      table.replace(new Item("a", 1, "1"), "2");
      watch.await(LONG);
      table.remove(new Item("a", 2, "2"));
      watch.await(LONG);
    }
  }

  @Test
  void aWriteThatChangesNothingWakesNobody() throws Exception {
    table.create("a", "1");
    table.create("b", "1");
    try (Waiting.Watch watch = changes.watch("a")) {
      table.create("a", "2");
      table.replace(new Item("a", 7, "1"), "2");
      table.replace(new Item("b", 1, "1"), "2");
      AtomicBoolean woken = new AtomicBoolean();
      Thread waiter =
          Thread.startVirtualThread(() -> {
            try {
              watch.await(LONG);
            } catch (java.io.IOException e) {
              return;
            }
            woken.set(true);
          });
      assertThat(waiter.join(SHORT)).isFalse();
      assertThat(woken).isFalse();
      table.replace(new Item("a", 1, "1"), "2");
      waiter.join();
      assertThat(woken).isTrue();
    }
  }

  @Test
  void allWhoWaitAreWoken() throws Exception {
    try (Waiting.Watch one = changes.watch("a");
        Waiting.Watch two = changes.watch("a")) {
      table.create("a", "1");
      one.await(LONG);
      two.await(LONG);
    }
  }

  @Test
  void aWaitWithoutAChangeEnds() throws Exception {
    try (Waiting.Watch watch = changes.watch("a")) {
      watch.await(SHORT);
    }
  }
}
