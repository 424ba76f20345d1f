package imageservice.formats.modules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Which modules come before which: the topological order depmod takes, with users before what they
/// use.
final class LoadOrder {
  private final List<int[]> uses;
  private final int[] rank;
  private final int[] byRank;
  private final int ranked;

  /// @param uses for each module the modules it uses, each once, in the order of its symbols
  LoadOrder(List<int[]> uses) {
    this.uses = uses;
    this.rank = new int[uses.size()];
    this.byRank = new int[uses.size()];
    this.ranked = rank();
  }

  /// Takes the module without users that came up last, again and again; returns how many there
  /// were. Modules in and behind cycles always have users.
  private int rank() {
    int[] users = new int[uses.size()];
    uses.forEach(used -> {
      for (int module : used) {
        users[module]++;
      }
    });
    int[] free = new int[uses.size()];
    int count = 0;
    for (int i = 0; i < users.length; i++) {
      if (users[i] == 0) {
        free[count++] = i;
      }
    }
    int next = 0;
    while (count > 0) {
      int module = free[--count];
      byRank[next] = module;
      rank[module] = next++;
      for (int used : uses.get(module)) {
        if (--users[used] == 0) {
          free[count++] = used;
        }
      }
    }
    return next;
  }

  /// All modules one needs, those of its modules with them, in the order of this.
  List<Integer> needs(int module) {
    if (uses.get(module).length == 0) {
      return List.of();
    }
    BitSet ranks = new BitSet();
    int[] open = new int[uses.size()];
    int count = 0;
    open[count++] = module;
    while (count > 0) {
      for (int used : uses.get(open[--count])) {
        if (!ranks.get(rank[used])) {
          ranks.set(rank[used]);
          open[count++] = used;
        }
      }
    }
    return ranks.stream().mapToObj(r -> byRank[r]).toList();
  }

  /// Modules of which each uses the next one and the last one the first.
  Optional<List<Integer>> cycle() {
    if (ranked == uses.size()) {
      return Optional.empty();
    }
    BitSet left = new BitSet();
    left.set(0, uses.size());
    for (int i = 0; i < ranked; i++) {
      left.clear(byRank[i]);
    }
    // Whatever is left has a user that is left: going from user to user runs into itself.
    List<Integer> path = new ArrayList<>(List.of(left.nextSetBit(0)));
    while (true) {
      int user = user(path.getLast(), left);
      int seen = path.indexOf(user);
      if (seen >= 0) {
        return Optional.of(List.copyOf(path.subList(seen, path.size()).reversed()));
      }
      path.add(user);
    }
  }

  private int user(int module, BitSet among) {
    return among.stream()
        .filter(user -> java.util.Arrays.stream(uses.get(user)).anyMatch(used -> used == module))
        .findFirst()
        .orElseThrow();
  }
}
