package imageservice.formats.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import imageservice.formats.modules.ModuleFile.Export;
import imageservice.formats.modules.ModuleFile.Need;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DepmodTest {
  private static final KernelLists NO_LISTS = new KernelLists(null, null, null);
  private static final Depmod.Options OPTIONS = new Depmod.Options(SearchOrder.standard(), true);

  @Test
  void namesWhatNoModuleOffers() throws IOException {
    TreeModule user =
        module("kernel/user.ko", List.of(), need("there", false), need("not_there", false));
    TreeModule owner = module("kernel/owner.ko", List.of("there"), need("perhaps", true));
    assertThat(indexed(List.of(user, owner)).unresolved())
        .isEqualTo(Map.of("kernel/user.ko", List.of("not_there")));
  }

  @Test
  void makesTheSameOfAnyOrder() throws IOException {
    List<TreeModule> modules = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      modules.add(
          module("kernel/m%d.ko".formatted(i), List.of("s" + i), need("s" + (i + 1), false)));
    }
    Depmod.Indexed first = indexed(modules);
    Collections.shuffle(modules, new Random(1));
    assertThat(indexed(modules)).isEqualTo(first);
  }

  @Test
  void makesEveryFile() throws IOException {
    assertThat(indexed(List.of()).files().keySet())
        .containsExactly(
            "modules.dep",
            "modules.dep.bin",
            "modules.alias",
            "modules.alias.bin",
            "modules.softdep",
            "modules.weakdep",
            "modules.symbols",
            "modules.symbols.bin",
            "modules.builtin.bin",
            "modules.builtin.alias.bin",
            "modules.devname");
  }

  @Test
  void writesWeakDependencies() throws IOException {
    ModuleFile file =
        new ModuleFile(List.of(), List.of(), List.of(), List.of(), List.of("zlib", "lzo"));
    TreeModule module = new TreeModule(new ModulePath("kernel/a-b.ko"), file);
    assertThat(indexed(List.of(module)).files())
        .containsEntry(
            "modules.weakdep",
            Blob.of(
                """
                # Weak dependencies extracted from modules themselves.
                weakdep a_b zlib
                weakdep a_b lzo
                """));
  }

  @Test
  void findsACycleOfOne() throws IOException {
    TreeModule self = module("kernel/self.ko", List.of("own"), need("own", false));
    assertThat(Depmod.index(List.of(self), NO_LISTS, OPTIONS))
        .isEqualTo(new Depmod.Cyclic(List.of("kernel/self.ko")));
  }

  @Test
  void takesTheLastPlaceOfAModuleInTheOrder() throws IOException {
    List<TreeModule> modules =
        List.of(
            module("a.ko", List.of()), module("b.ko", List.of()), module("c.ko.zst", List.of()));
    KernelLists lists = new KernelLists(Blob.of("a.ko\nc.ko\na.ko\nb.ko\n"), null, null);
    assertThat(((Depmod.Indexed) Depmod.index(modules, lists, OPTIONS)).files())
        .containsEntry("modules.dep", Blob.of("c.ko.zst:\na.ko:\nb.ko:\n"));
  }

  @Test
  void refusesTwoModulesAtOnePath() {
    TreeModule module = module("kernel/a.ko", List.of());
    assertThatThrownBy(() -> indexed(List.of(module, module)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two modules at kernel/a.ko");
  }

  @Test
  void knowsModulesByTheirPaths() {
    assertThat(List.of("kernel/a.ko", "a.ko.xz", "x/a.ko.zst", "x/a.b.ko"))
        .allMatch(ModulePath::isModule);
    assertThat(List.of("kernel/.ko", "modules.order", "build/a.ko", "x/source/a.ko", "a.ko/b"))
        .noneMatch(ModulePath::isModule);
    assertThat(new ModulePath("kernel/snd-hda.part.ko").name()).isEqualTo("snd_hda");
    assertThatThrownBy(() -> new ModulePath("modules.order"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no path of a module: modules.order");
  }

  private static Depmod.Indexed indexed(List<TreeModule> modules) throws IOException {
    return (Depmod.Indexed) Depmod.index(modules, NO_LISTS, OPTIONS);
  }

  private static TreeModule module(String path, List<String> exports, Need... needs) {
    List<Export> offered = exports.stream().map(symbol -> new Export(symbol, 0)).toList();
    return new TreeModule(
        new ModulePath(path),
        new ModuleFile(offered, List.of(needs), List.of(), List.of(), List.of()));
  }

  private static Need need(String symbol, boolean weak) {
    return new Need(symbol, 0, weak);
  }
}
