package imageservice.formats.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.tree.PathTree.Implied;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Entries are what they are: "d" of directories, "f" of files.
final class PathTreeTest {
  @Test
  void childrenAreSortedByTheBytesOfTheirNames() {
    Map<String, String> entries = new TreeMap<>();
    for (String path : List.of("a", "a-b", "Z", "\uFF5E", "\uD83D\uDE00", "\u00E9")) {
      entries.put(path, "f");
    }
    // U+FF5E sorts before U+1F600, though its first UTF-16 unit is the larger one.
    assertThat(tree(entries, Implied.ROOT).children().stream().map(PathTree::name))
        .containsExactly("Z", "a", "a-b", "\u00E9", "\uFF5E", "\uD83D\uDE00");
  }

  @Test
  void aDirectoryThatIsImpliedHasNoEntry() {
    PathTree<String> root = tree(Map.of("a/b/c", "f", "a/d", "d"), Implied.ALL);
    assertThat(walk(root)).containsExactly(" -", "a -", "a/b -", "a/b/c f", "a/d d");
    assertThat(root.children().getFirst().children().getFirst().name()).isEqualTo("b");
    assertThat(walk(tree(Map.of(), Implied.ALL))).containsExactly(" -");
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "ROOT"})
  void refusesAMissingDirectory(Implied implied) {
    assertThatThrownBy(() -> tree(Map.of("", "d", "a/b", "f"), implied))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry a/b: its directory is missing");
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatLiesInAFile(Implied implied) {
    assertThatThrownBy(() -> tree(Map.of("", "d", "a", "f", "a/b", "f"), implied))
        .hasMessage("entry a/b: its directory is missing");
    assertThatThrownBy(() -> tree(Map.of("", "f"), implied))
        .hasMessage("the root directory is missing");
  }

  @Test
  void theRootIsMissingOnlyWhereItIsNotImplied() {
    assertThatThrownBy(() -> tree(Map.of(), Implied.NONE))
        .hasMessage("the root directory is missing");
    assertThatThrownBy(() -> tree(Map.of("a", "d"), Implied.NONE))
        .hasMessage("entry a: its directory is missing");
    assertThat(walk(tree(Map.of("a", "d"), Implied.ROOT))).containsExactly(" -", "a d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "a/", "a//b", "//a", "a/b//"})
  void refusesPathsWithAnEmptyComponent(String path) {
    assertThatThrownBy(() -> tree(Map.of(path, "f"), Implied.ALL))
        .hasMessage("entry " + path + ": is not a plain relative path");
  }

  @Test
  void refusesAPathThatIsThereTwice() {
    assertThatThrownBy(() -> PathTree.byPath(List.of("a", "b", "a"), entry -> entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry a: is there twice");
  }

  @Test
  void holdsEveryEntryBehindItsDirectoryInWhateverOrderTheyAreGiven() {
    long seed = 20_261_127L;
    for (int round = 0; round < 200; round++) {
      Random random = new Random(seed + round);
      List<String> paths = paths(random);
      Map<String, String> entries = new LinkedHashMap<>();
      paths.forEach(path -> entries.put(path, "d"));
      List<String> walk = walk(tree(entries, Implied.NONE));
      assertThat(walk)
          .as("seed %d, round %d", seed, round)
          .containsExactlyInAnyOrderElementsOf(paths.stream().map(path -> path + " d").toList());
      for (String path : paths.subList(1, paths.size())) {
        String parent = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        assertThat(walk.indexOf(parent + " d")).isLessThan(walk.indexOf(path + " d"));
      }
      Collections.shuffle(paths, random);
      Map<String, String> shuffled = new LinkedHashMap<>();
      paths.forEach(path -> shuffled.put(path, "d"));
      assertThat(walk(tree(shuffled, Implied.NONE))).isEqualTo(walk);
    }
  }

  @Test
  void holdsThePathOfTheMostComponentsThatLinuxReaches() {
    PathTree<String> place = tree(Map.of("a/".repeat(2047) + "a", "f"), Implied.ALL);
    for (int i = 0; i < 2048; i++) {
      place = place.children().getFirst();
    }
    assertThat(place.entry()).hasValue("f");
  }

  private static List<String> paths(Random random) {
    List<String> paths = new ArrayList<>(List.of(""));
    for (int i = random.nextInt(60); i > 0; i--) {
      String parent = paths.get(random.nextInt(paths.size()));
      String name = "%c%d".formatted("-.aZ~".charAt(random.nextInt(5)), i);
      paths.add(parent.isEmpty() ? name : parent + "/" + name);
    }
    return paths;
  }

  private static PathTree<String> tree(Map<String, String> entries, Implied implied) {
    return PathTree.of(entries, "d"::equals, implied);
  }

  /// Each path and its entry, a directory before what is in it.
  private static List<String> walk(PathTree<String> tree) {
    List<String> walk = new ArrayList<>(List.of(tree.path() + " " + tree.entry().orElse("-")));
    tree.children().forEach(child -> walk.addAll(walk(child)));
    return walk;
  }
}
