package imageservice.formats.modules;

import imageservice.formats.blob.Blob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the indexes of a tree of modules, as `depmod --all` does.
public final class Depmod {
  /// What came of it.
  public sealed interface Result {}

  /// @param files by name, in the order depmod writes them
  /// @param unresolved symbols that no module offers, by the paths of the modules that need them;
  ///   those of the kernel itself are among them
  public record Indexed(Map<String, Blob> files, Map<String, List<String>> unresolved)
      implements Result {
    public Indexed {
      files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
      unresolved = Collections.unmodifiableMap(new LinkedHashMap<>(unresolved));
    }
  }

  /// No file is made, as depmod makes none.
  ///
  /// @param cycle paths of modules of which each uses the next one and the last one the first
  public record Cyclic(List<String> cycle) implements Result {
    public Cyclic {
      cycle = List.copyOf(cycle);
    }
  }

  /// @param weakDependencies whether there is `modules.weakdep` too, as of kmod 33
  public record Options(SearchOrder search, boolean weakDependencies) {}

  private static final int SYMBOL_BUCKETS = 2048;

  private final ModuleSet set;
  private final LoadOrder order;
  private final KernelLists lists;

  private Depmod(ModuleSet set, LoadOrder order, KernelLists lists) {
    this.set = set;
    this.order = order;
    this.lists = lists;
  }

  /// The indexes of these modules, the same in whatever order they are given.
  ///
  /// @throws imageservice.formats.MalformedException where a list is none
  public static Result index(List<TreeModule> modules, KernelLists lists, Options options)
      throws IOException {
    ModuleSet set = ModuleSet.of(modules, lists, options.search());
    LoadOrder order = new LoadOrder(set.uses());
    Optional<List<Integer>> cycle = order.cycle();
    return cycle.isPresent()
        ? new Cyclic(cycle.get().stream().map(i -> set.modules().get(i).path().path()).toList())
        : new Indexed(new Depmod(set, order, lists).files(options), set.unresolved());
  }

  private Map<String, Blob> files(Options options) throws IOException {
    List<String> dependencies = dependencies();
    List<String> symbols = HashOrder.sorted(set.owners().keySet(), SYMBOL_BUCKETS);
    Map<String, Blob> files = new LinkedHashMap<>();
    files.put("modules.dep", TextIndexes.dependencies(dependencies));
    files.put("modules.dep.bin", dependencyIndex(dependencies));
    files.put("modules.alias", TextIndexes.aliases(set.modules()));
    files.put("modules.alias.bin", aliasIndex());
    files.put("modules.softdep", TextIndexes.softDependencies(set.modules()));
    if (options.weakDependencies()) {
      files.put("modules.weakdep", TextIndexes.weakDependencies(set.modules()));
    }
    files.put("modules.symbols", TextIndexes.symbols(symbols, this::owner));
    files.put("modules.symbols.bin", symbolIndex(symbols));
    files.put("modules.builtin.bin", builtinIndex());
    files.put("modules.builtin.alias.bin", builtinAliasIndex());
    files.put("modules.devname", TextIndexes.deviceNames(set.modules()));
    return files;
  }

  /// A line a module: its path, then those of all it needs.
  private List<String> dependencies() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < set.modules().size(); i++) {
      StringBuilder line = new StringBuilder(set.modules().get(i).path().path()).append(':');
      for (int needed : order.needs(i)) {
        line.append(' ').append(set.modules().get(needed).path().path());
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private Blob dependencyIndex(List<String> lines) {
    TrieIndex index = new TrieIndex();
    for (int i = 0; i < lines.size(); i++) {
      index.add(set.modules().get(i).name(), lines.get(i), i);
    }
    return Blob.of(index.toBytes());
  }

  private Blob aliasIndex() {
    TrieIndex index = new TrieIndex();
    for (int i = 0; i < set.modules().size(); i++) {
      TreeModule module = set.modules().get(i);
      for (String alias : module.file().aliases()) {
        Optional<String> key = AliasPattern.normalized(alias);
        if (key.isPresent()) {
          index.add(key.get(), module.name(), i);
        }
      }
    }
    return Blob.of(index.toBytes());
  }

  private Blob symbolIndex(List<String> symbols) {
    TrieIndex index = new TrieIndex();
    for (String symbol : symbols) {
      int owner = set.owner(symbol);
      index.add("symbol:" + symbol, set.modules().get(owner).name(), owner);
    }
    return Blob.of(index.toBytes());
  }

  /// Empty, without even a header, where there is no list.
  private Blob builtinIndex() throws IOException {
    if (lists.builtin() == null) {
      return Blob.of("");
    }
    TrieIndex index = new TrieIndex();
    for (String name : lists.builtinNames()) {
      index.add(name, "", 0);
    }
    return Blob.of(index.toBytes());
  }

  private Blob builtinAliasIndex() throws IOException {
    if (lists.information() == null) {
      return Blob.of("");
    }
    TrieIndex index = new TrieIndex();
    for (KernelLists.BuiltinAlias builtin : lists.builtinAliases()) {
      AliasPattern.normalized(builtin.alias())
          .ifPresent(alias -> index.add(alias, builtin.module(), 0));
    }
    return Blob.of(index.toBytes());
  }

  private TreeModule owner(String symbol) {
    return set.modules().get(set.owner(symbol));
  }
}
