package imageservice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What places keep, with every table.
abstract class PlacesContract {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = BEGIN.plusSeconds(24).plusNanos(123_456_789);

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final ItemTable table = emptyTable();

  abstract ItemTable emptyTable();

  @Test
  void thereAreSoMany() throws IOException {
    assertThat(take(2, "a", END)).isTrue();
    assertThat(take(2, "b", END)).isTrue();
    assertThat(take(2, "c", END)).as("of another instance").isFalse();
    places(2).leave("a", END);
    assertThat(take(2, "c", END)).isTrue();
    assertThat(take(2, "d", END)).isFalse();
  }

  /// A function that dies leaves nothing.
  @Test
  void oneIsFreeWhenItsTimeIsOver() throws IOException {
    assertThat(take(1, "a", END)).isTrue();
    now.set(END);
    Instant later = END.plusSeconds(24);
    assertThat(take(1, "b", later)).isTrue();
    places(1).leave("a", END);
    assertThat(take(1, "c", later)).as("b's is still taken").isFalse();
  }

  @Test
  void oneIsFreeWhereItsNameNeedsNoneWhenAllAreTaken() throws IOException {
    assertThat(take(2, "a", END)).isTrue();
    assertThat(take(2, "b", END)).isTrue();
    Set<String> asked = new HashSet<>();
    assertThat(places(2).take("c", END, names -> none(names, asked))).isFalse();
    assertThat(asked).containsExactlyInAnyOrder("a", "b");
    assertThat(places(2).take("c", END, names -> Set.of("a"))).isTrue();
    assertThat(take(2, "d", END)).as("b and c").isFalse();
  }

  private static Set<String> none(Set<String> names, Set<String> asked) {
    asked.addAll(names);
    return Set.of();
  }

  @Test
  void equalNamesHaveAPlaceEach() throws IOException {
    assertThat(take(2, "same", END)).isTrue();
    assertThat(take(2, "same", END)).isTrue();
    places(2).leave("same", END);
    assertThat(take(2, "other", END)).isTrue();
    assertThat(take(2, "other", END)).isFalse();
  }

  @Test
  void aNameMayHaveBlanks() throws IOException {
    assertThat(take(1, "a name", END)).isTrue();
    places(1).leave("a name", END);
    assertThat(take(1, "next", END)).isTrue();
  }

  @Test
  void manyAtOnceGetNoMoreThanThereAre() throws Exception {
    Callable<Boolean> take = () -> take(5, "a", END);
    int taken = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(40, take))) {
        taken += each.get() ? 1 : 0;
      }
    }
    assertThat(taken).isEqualTo(5);
    for (int i = 0; i < taken; i++) {
      places(5).leave("a", END);
    }
    assertThat(take(1, "a", END)).isTrue();
  }

  private boolean take(int most, String name, Instant until) throws IOException {
    return places(most).take(name, until, Places.Ended.NONE);
  }

  private Places places(int most) {
    return new Places(table, "key", most, now::get);
  }
}
