package imageservice.formats.modules;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The modules that count, in depmod's order, with the owners of their symbols.
///
/// @param owners of symbols, by index in the list
record ModuleSet(List<TreeModule> modules, Map<String, Integer> owners) {
  private static final int MODULE_BUCKETS = 512;

  /// One module of each name: modules of `modules.order` as it has them, then the others in the
  /// order of a hash table.
  static ModuleSet of(List<TreeModule> all, KernelLists lists, SearchOrder search)
      throws IOException {
    Map<String, TreeModule> byName = oneOfEachName(all, search);
    Map<String, Integer> places = lists.places();
    List<TreeModule> ordered = new ArrayList<>();
    for (String name : HashOrder.sorted(byName.keySet(), MODULE_BUCKETS)) {
      ordered.add(Objects.requireNonNull(byName.get(name)));
    }
    ordered.sort(
        Comparator.comparingInt(
            module -> places.getOrDefault(module.path().uncompressed(), Integer.MAX_VALUE)));
    return new ModuleSet(List.copyOf(ordered), owners(ordered));
  }

  /// For each module the modules it uses, each once, in the order of its symbols.
  List<int[]> uses() {
    List<int[]> uses = new ArrayList<>();
    for (TreeModule module : modules) {
      Set<Integer> used = new LinkedHashSet<>();
      for (ModuleFile.Need need : module.file().needs()) {
        @Nullable Integer owner = owner(need);
        if (owner != null) {
          used.add(owner);
        }
      }
      uses.add(used.stream().mapToInt(Integer::intValue).toArray());
    }
    return uses;
  }

  /// Index of the owner of a symbol that has one.
  int owner(String symbol) {
    return Objects.requireNonNull(owners.get(symbol), symbol);
  }

  /// Symbols that are needed, may not be missing and belong to no module, by the paths of the
  /// modules that need them.
  Map<String, List<String>> unresolved() {
    Map<String, List<String>> unresolved = new LinkedHashMap<>();
    for (TreeModule module : modules) {
      List<String> missing =
          module.file().needs().stream()
              .filter(need -> !need.weak() && owner(need) == null)
              .map(ModuleFile.Need::symbol)
              .toList();
      if (!missing.isEmpty()) {
        unresolved.put(module.path().path(), missing);
      }
    }
    return unresolved;
  }

  private @Nullable Integer owner(ModuleFile.Need need) {
    String symbol = need.symbol();
    return owners.get(symbol.startsWith(".") ? symbol.substring(1) : symbol);
  }

  /// depmod goes through folders in the order the file system gives; here it is that of the paths.
  private static Map<String, TreeModule> oneOfEachName(List<TreeModule> all, SearchOrder search) {
    Map<String, TreeModule> byPath = new TreeMap<>();
    for (TreeModule module : all) {
      if (byPath.put(module.path().path(), module) != null) {
        throw new IllegalArgumentException("two modules at " + module.path().path());
      }
    }
    Map<String, TreeModule> byName = new HashMap<>();
    for (TreeModule module : byPath.values()) {
      byName.merge(
          module.name(),
          module,
          (earlier, later) -> search.replaces(later.path(), earlier.path()) ? later : earlier);
    }
    return byName;
  }

  /// Of several modules with one symbol the last one.
  private static Map<String, Integer> owners(List<TreeModule> modules) {
    Map<String, Integer> owners = new HashMap<>();
    for (int i = 0; i < modules.size(); i++) {
      for (ModuleFile.Export export : modules.get(i).file().exports()) {
        owners.put(export.symbol(), i);
      }
    }
    return owners;
  }
}
