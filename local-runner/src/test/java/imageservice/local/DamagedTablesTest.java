package imageservice.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of tables that lost anything is noticed at the start, and left as it is.
@Timeout(60)
final class DamagedTablesTest {
  private static final int ITEMS = 40;
  private static final int BLOCK = 4096;
  private static final long SEED = 20_261_127;

  @TempDir private Path folder = Path.of("");
  private byte[] whole = {};

  @BeforeEach
  void write() throws Exception {
    try (Tables tables = Tables.open(file())) {
      for (int i = 0; i < ITEMS; i++) {
        tables.configurations().create("configuration#" + i, text(i));
        tables.builds().create("build#" + i, "x");
      }
    }
    whole = Files.readAllBytes(file());
  }

  private static String text(int i) {
    return "text".repeat(i * 7 % 200);
  }

  @Test
  void aWholeFileIsOpened() throws Exception {
    assertThat(holdsEverything()).isTrue();
  }

  @Test
  void anEmptyFileIsNoNewOne() throws Exception {
    Files.write(file(), new byte[0]);
    assertThatThrownBy(() -> Tables.open(file()))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "the table file %s is damaged: it is empty; it was left as it is. Put back a copy of it, or move it away to start anew, without the configurations in it"
                .formatted(file()));
    assertThat(file()).isEmptyFile();
  }

  @Test
  void aFolderIsNoFileOfTables() throws Exception {
    Files.delete(file());
    Files.createDirectory(file());
    assertThatThrownBy(() -> Tables.open(file()))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(
            "the table file %s is damaged: it is no file; it was left".formatted(file()));
  }

  @Test
  void aCountThatIsNoneIsNamedInsteadOfTheTables() throws Exception {
    for (byte[] damaged : new byte[][] {"x".getBytes(US_ASCII), {(byte) 0xff, 0}}) {
      Files.write(ChangeCount.file(file()), damaged);
      assertThatThrownBy(() -> Tables.open(file()))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "the file %s is damaged: it holds no number; delete it to go on with the tables as they are"
                  .formatted(ChangeCount.file(file())));
    }
    Files.delete(ChangeCount.file(file()));
    assertThat(holdsEverything()).isTrue();
  }

  @Test
  void zerosAndOtherFilesAreNoTables() throws Exception {
    assertDamaged(new byte[whole.length]);
    assertDamaged("no table".repeat(2000).getBytes(US_ASCII));
    assertDamaged(new byte[] {1});
  }

  /// Half of the file, and all but its last block, among others.
  @Test
  void whereverTheFileIsCutItIsNoticedOrNothingIsLost() throws Exception {
    assertDamaged(Arrays.copyOf(whole, whole.length / 2 / BLOCK * BLOCK));
    for (int length = 0; length < whole.length; length += BLOCK) {
      assertNoticedOrHarmless(Arrays.copyOf(whole, length));
    }
  }

  /// The last block of what a killed process left is that of its last change.
  @Test
  void aLostLastChangeIsNoticed() throws Exception {
    byte[] left;
    Tables tables = Tables.open(file());
    tables.configurations().create("last", "change");
    left = Files.readAllBytes(file());
    tables.close();
    assertDamaged(Arrays.copyOf(left, left.length - BLOCK));
    Files.write(file(), left);
    try (Tables again = Tables.open(file())) {
      assertThat(again.configurations().find("last")).isPresent();
    }
  }

  @Test
  void whereverGarbageIsItIsNoticedOrNothingIsLost() throws Exception {
    Random random = new Random(SEED);
    for (int at = 0; at < whole.length; at += BLOCK) {
      byte[] damaged = whole.clone();
      byte[] garbage = new byte[64 + random.nextInt(BLOCK)];
      random.nextBytes(garbage);
      System.arraycopy(garbage, 0, damaged, at, Math.min(garbage.length, whole.length - at));
      assertNoticedOrHarmless(damaged);
    }
  }

  @Test
  void whicheverByteIsChangedItIsNoticedOrNothingIsLost() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 100; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      assertNoticedOrHarmless(damaged);
    }
  }

  /// A table's root is here: its count of items is noticed as well as the items. The texts
  /// themselves are left out.
  @Test
  void everyByteOfTheLastRootIsNoticedOrNothingIsLost() throws Exception {
    for (int at = whole.length - 5 * BLOCK; at < whole.length - 4 * BLOCK; at++) {
      if ("\0text".indexOf(whole[at]) < 0) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0x23;
        assertNoticedOrHarmless(damaged);
      }
    }
  }

  @Test
  void anOlderCopyIsNoticedAndUsedOnRequest() throws Exception {
    try (Tables tables = Tables.open(file())) {
      tables.configurations().create("later", "x");
    }
    Files.write(file(), whole);
    assertThatThrownBy(() -> Tables.open(file()))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "the table file %s is damaged: it holds 80 of 81 changes; it was left as it is. Put back a copy of it with its tables.mv.changes, or delete the latter to go on without the lost changes"
                .formatted(file()));
    Files.delete(ChangeCount.file(file()));
    assertThat(holdsEverything()).isTrue();
  }

  @Test
  void aFileThatIsMovedAwayIsBegunAnew() throws Exception {
    Files.move(file(), folder.resolve("away"));
    try (Tables tables = Tables.open(file())) {
      assertThat(tables.configurations().keys("")).isEmpty();
    }
    Tables.open(file()).close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileOfTheFirstVersionIsReadAndGoesOn(boolean isEmpty) throws Exception {
    Files.delete(file());
    Files.delete(ChangeCount.file(file()));
    try (MVStore old = TableFile.open(file())) {
      old.<String, String>openMap("configurations").put("old", isEmpty ? "1 " : "3 a #b c");
    }
    try (Tables tables = Tables.open(file())) {
      assertThat(tables.configurations().find("old").orElseThrow().text())
          .isEqualTo(isEmpty ? "" : "a #b c");
      assertThat(tables.configurations().create("new", "x")).isTrue();
    }
    try (Tables tables = Tables.open(file())) {
      assertThat(tables.configurations().keys("")).containsExactly("new", "old");
    }
  }

  private void assertDamaged(byte[] content) throws IOException {
    Files.write(file(), content);
    assertThatThrownBy(() -> Tables.open(file()))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("the table file " + file() + " is damaged: ")
        .hasMessageContaining("it was left as it is");
    assertThat(Files.readAllBytes(file())).isEqualTo(content);
  }

  private void assertNoticedOrHarmless(byte[] content) throws Exception {
    Path changes = ChangeCount.file(file());
    Files.copy(changes, folder.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
    Files.write(file(), content);
    try {
      assertThat(holdsEverything()).isTrue();
    } catch (CommandException noticed) {
      assertThat(Files.readAllBytes(file())).isEqualTo(content);
    }
    Files.copy(folder.resolve("kept"), changes, StandardCopyOption.REPLACE_EXISTING);
  }

  private boolean holdsEverything() throws Exception {
    try (Tables tables = Tables.open(file())) {
      boolean all =
          tables.configurations().keys("").size() == ITEMS
              && tables.builds().keys("").size() == ITEMS;
      for (int i = 0; i < ITEMS; i++) {
        all &=
            tables.configurations().find("configuration#" + i).orElseThrow().text().equals(text(i));
      }
      return all;
    }
  }

  private Path file() {
    return folder.resolve("tables.mv");
  }
}
