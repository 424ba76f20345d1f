package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every {@link ItemTable} promises.
public abstract class ItemTableContract {
  /// A table that other tests may have used before.
  protected abstract ItemTable table() throws IOException;

  private final String key = "contract#" + UUID.randomUUID();

  @Test
  void findsNothingUnderAnUnknownKey() throws IOException {
    assertThat(table().find(key)).isEmpty();
  }

  @Test
  void createsOnceAndKeepsTheFirst() throws IOException {
    assertThat(table().create(key, "one\n\u00e9\ud83d\ude00")).isTrue();
    assertThat(table().create(key, "two")).isFalse();
    assertThat(table().find(key)).contains(new Item(key, 1, "one\n\u00e9\ud83d\ude00"));
  }

  @Test
  void replacesOnlyWhatIsAsExpected() throws IOException {
    assertThat(table().replace(new Item(key, 1, "none"), "x")).isFalse();
    table().create(key, "one");
    Item one = table().find(key).orElseThrow();
    assertThat(table().replace(one, "two")).isTrue();
    assertThat(table().replace(one, "three")).isFalse();
    assertThat(table().find(key)).contains(new Item(key, 2, "two"));
  }

  @Test
  void removesOnlyWhatIsAsExpected() throws IOException {
    table().create(key, "one");
    Item one = table().find(key).orElseThrow();
    table().replace(one, "two");
    assertThat(table().remove(one)).isFalse();
    assertThat(table().remove(table().find(key).orElseThrow())).isTrue();
    assertThat(table().find(key)).isEmpty();
    assertThat(table().create(key, "again")).isTrue();
  }

  @Test
  void findsManyAtOnceAndNothingUnderUnknownKeys() throws IOException {
    Set<String> keys = new HashSet<>(Set.of(key + "#none"));
    for (int i = 1; i < ItemTable.MOST_KEYS; i++) {
      keys.add(key + "#" + i);
      table().create(key + "#" + i, "text " + i);
    }
    Map<String, Item> found = table().findAll(keys);
    assertThat(found)
        .hasSize(ItemTable.MOST_KEYS - 1)
        .containsEntry(key + "#7", new Item(key + "#7", 1, "text 7"));
    assertThat(table().findAll(Set.of())).isEmpty();
  }

  /// DynamoDB answers a call with at most 16 MiB and leaves the rest for the next.
  @Test
  void findsMoreThanFitsIntoOneAnswer() throws IOException {
    String text = "x".repeat(ItemTable.LARGEST_TEXT);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 45; i++) {
      keys.add(key + "#" + i);
      table().create(key + "#" + i, text);
    }
    assertThat(table().findAll(keys)).hasSize(45);
  }

  @Test
  void takesTheLargestText() throws IOException {
    String text = "x".repeat(ItemTable.LARGEST_TEXT);
    assertThat(table().create(key, text)).isTrue();
    assertThat(table().find(key)).contains(new Item(key, 1, text));
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    ItemTable table = table();
    assertThat(winners(() -> table.create(key, "first"))).isEqualTo(1);
    Item first = table.find(key).orElseThrow();
    assertThat(winners(() -> table.replace(first, "second"))).isEqualTo(1);
    assertThat(table.find(key)).contains(new Item(key, 2, "second"));
  }

  @Test
  void countsFromOneAndGivesEachCallerItsOwnNumber() throws Exception {
    ItemTable table = table();
    assertThat(table.count(key)).isEqualTo(1);
    assertThat(table.count(key)).isEqualTo(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Long> count = () -> table.count(key);
      Set<Long> numbers = new HashSet<>();
      for (Future<Long> done : threads.invokeAll(Collections.nCopies(16, count))) {
        numbers.add(done.get());
      }
      assertThat(numbers).hasSize(16).contains(3L, 18L);
    }
  }

  @Test
  void keepsAnItemUntilItExpires() throws IOException {
    Instant later = Instant.now().plusSeconds(3_600);
    assertThat(table().create(key, "one", later)).isTrue();
    Item one = table().find(key).orElseThrow();
    assertThat(table().replace(one, "two", later)).isTrue();
    assertThat(table().find(key)).contains(new Item(key, 2, "two"));
  }

  private static long winners(Callable<Boolean> write) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> writes = threads.invokeAll(Collections.nCopies(16, write));
      long won = 0;
      for (Future<Boolean> done : writes) {
        won += done.get() ? 1 : 0;
      }
      return won;
    }
  }
}
