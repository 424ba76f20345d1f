package imageservice.functions.asset;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.functions.http.WaitingRoom;
import imageservice.ledger.ItemTable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a waiting room keeps, with every table.
abstract class TableWaitingRoomContract {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = BEGIN.plusSeconds(24);

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final ItemTable table = emptyTable();

  abstract ItemTable emptyTable();

  @Test
  void hasSoManyPlaces() throws IOException {
    WaitingRoom room = room(2);
    WaitingRoom.Place first = room.enter("a", END).orElseThrow();
    assertThat(room.enter("b", END)).isPresent();
    assertThat(room(2).enter("c", END)).as("of another instance").isEmpty();
    first.close();
    assertThat(room.enter("c", END)).isPresent();
    assertThat(room.enter("d", END)).isEmpty();
  }

  /// A function that dies leaves nothing.
  @Test
  void aPlaceIsFreeWhenItsTimeIsOver() throws IOException {
    WaitingRoom room = room(1);
    WaitingRoom.Place died = room.enter("a", END).orElseThrow();
    now.set(END);
    assertThat(room.enter("b", END.plusSeconds(24))).isPresent();
    died.close();
    assertThat(room.enter("c", END.plusSeconds(24))).as("b's is still taken").isEmpty();
  }

  @Test
  void requestsWithOneIdHaveAPlaceEach() throws IOException {
    WaitingRoom room = room(2);
    WaitingRoom.Place first = room.enter("same", END).orElseThrow();
    assertThat(room.enter("same", END)).isPresent();
    first.close();
    assertThat(room.enter("other", END)).isPresent();
    assertThat(room.enter("other", END)).isEmpty();
  }

  @Test
  void anIdMayHaveBlanks() throws IOException {
    WaitingRoom room = room(1);
    room.enter("an id", END).orElseThrow().close();
    assertThat(room.enter("next", END)).isPresent();
  }

  @Test
  void manyAtOnceGetNoMorePlacesThanThereAre() throws Exception {
    List<WaitingRoom.Place> taken = new ArrayList<>();
    Callable<Optional<WaitingRoom.Place>> enter = () -> room(5).enter("a", END);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<WaitingRoom.Place>> each :
          threads.invokeAll(Collections.nCopies(40, enter))) {
        each.get().ifPresent(taken::add);
      }
    }
    assertThat(taken).hasSize(5);
    taken.forEach(WaitingRoom.Place::close);
    assertThat(room(5).enter("a", END)).isPresent();
  }

  private WaitingRoom room(int places) {
    return new TableWaitingRoom(table, places, now::get);
  }
}
