package imageservice.formats.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// A place in the tree of what a file system or archive is to hold, with all below it. The tree is
/// the same whatever order its entries are given in.
///
/// @param path without leading slash; the root's is empty
/// @param entry what lies there; empty for a directory that is only implied by what is in it
/// @param children in the order of the bytes of their names in UTF-8, as Linux sorts
public record PathTree<E>(String path, Optional<E> entry, List<PathTree<E>> children) {
  /// Directories that need no entry of their own.
  public enum Implied {
    NONE,
    ROOT,
    ALL
  }

  public PathTree {
    children = List.copyOf(children);
  }

  /// The last component of the path.
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Entries by their paths.
  ///
  /// @throws IllegalArgumentException where two entries have one path
  public static <E> Map<String, E> byPath(
      Collection<? extends E> entries, Function<? super E, String> path) {
    Map<String, E> byPath = new LinkedHashMap<>();
    for (E entry : entries) {
      String own = path.apply(entry);
      require(byPath.put(own, entry) == null, own, "is there twice");
    }
    return byPath;
  }

  /// The root of the tree of these entries.
  ///
  /// @param isDirectory of which entries others may lie in
  /// @throws IllegalArgumentException where the directory of an entry, or the root, is missing and
  ///   not implied, or is no directory; and where a path has an empty component
  public static <E> PathTree<E> of(
      Map<String, ? extends E> entries, Predicate<? super E> isDirectory, Implied implied) {
    Places<E> places = new Places<>(Map.copyOf(entries), isDirectory, implied);
    new TreeSet<>(entries.keySet()).forEach(places::place);
    if (!places.isDirectory("")) {
      throw new IllegalArgumentException("the root directory is missing");
    }
    return places.node("");
  }

  private static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new IllegalArgumentException("entry " + path + ": " + reason);
    }
  }

  private static final class Places<E> {
    private static final Comparator<String> BY_BYTES =
        Comparator.comparing(
            path -> path.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Map<String, E> entries;
    private final Predicate<? super E> isDirectory;
    private final Implied implied;
    private final Map<String, SortedSet<String>> children = new HashMap<>();

    Places(Map<String, E> entries, Predicate<? super E> isDirectory, Implied implied) {
      this.entries = entries;
      this.isDirectory = isDirectory;
      this.implied = implied;
    }

    boolean isDirectory(String path) {
      return find(path)
          .map(isDirectory::test)
          .orElseGet(() ->
              switch (implied) {
                case NONE -> false;
                case ROOT -> path.isEmpty();
                case ALL -> true;
              });
    }

    /// Puts a path into its directory, and that into its own, up to one that has its place.
    void place(String path) {
      boolean isNew = true;
      for (String at = path; isNew && !at.isEmpty(); at = parent(at)) {
        require(!at.startsWith("/") && !at.endsWith("/"), path, "is not a plain relative path");
        require(isDirectory(parent(at)), path, "its directory is missing");
        isNew = children.computeIfAbsent(parent(at), any -> new TreeSet<>(BY_BYTES)).add(at);
      }
    }

    /// As deep as the longest path has components.
    PathTree<E> node(String path) {
      List<PathTree<E>> nodes = new ArrayList<>();
      for (String child : children.getOrDefault(path, Collections.emptySortedSet())) {
        nodes.add(node(child));
      }
      return new PathTree<>(path, find(path), nodes);
    }

    private Optional<E> find(String path) {
      return Optional.ofNullable(entries.get(path));
    }

    private static String parent(String path) {
      return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }
  }
}
