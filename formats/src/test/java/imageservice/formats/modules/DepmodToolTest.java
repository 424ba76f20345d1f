package imageservice.formats.modules;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.formats.blob.Blob;
import imageservice.formats.testing.ElfModule;
import imageservice.formats.testing.ElfModule.Versions;
import imageservice.formats.testing.Judge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
final class DepmodToolTest {
  private static final String KERNEL = "6.1.0-test";

  @Test
  void depmodMakesTheSameBytes(@TempDir Path folder) throws IOException {
    long seed = 20261124L;
    for (int round = 0; round < 12; round++) {
      System.out.printf("depmod: seed %d, round %d%n", seed, round);
      Random random = new Random(seed + round);
      ModuleTree tree = new ModuleTree(folder.resolve("round" + round), KERNEL);
      new RandomModules(random).fill(tree, round == 0 ? 700 : 1 + random.nextInt(120));
      String search = round % 2 == 0 ? "search updates extras built-in" : "";
      SearchOrder order =
          round % 2 == 0
              ? new SearchOrder(List.of("updates", "extras", "built-in"))
              : SearchOrder.standard();
      assertSame(tree, search, order);
    }
  }

  @Test
  void theSearchOrderDecidesAboutDuplicates(@TempDir Path folder) throws IOException {
    ModuleTree tree = new ModuleTree(folder, KERNEL);
    for (String place : java.util.List.of("kernel/net", "extras", "updates", "weird/deep")) {
      tree.put(place + "/some-mod.ko", new ElfModule(ElfModule.X86_64, Versions.NONE));
    }
    Map<String, String> expected =
        Map.of(
            "extras built-in updates", "extras",
            "weird extras updates built-in", "weird/deep",
            "updates weird/deep built-in extras", "updates");
    for (Map.Entry<String, String> each : expected.entrySet()) {
      SearchOrder order = new SearchOrder(List.of(each.getKey().split(" ", -1)));
      Map<String, Blob> files = assertSame(tree, "search " + each.getKey(), order);
      assertThat(text(files, "modules.dep")).isEqualTo(each.getValue() + "/some-mod.ko:\n");
    }
  }

  @Test
  void depmodMakesTheSameBytesOfNothing(@TempDir Path folder) throws IOException {
    ModuleTree tree = new ModuleTree(folder, KERNEL);
    tree.put("kernel/readme", "no module");
    assertThat(text(assertSame(tree, "", SearchOrder.standard()), "modules.dep")).isEmpty();
  }

  @Test
  void depmodTakesNoNoticeOfAnOrderThatIsCutOff(@TempDir Path folder) throws IOException {
    ModuleTree tree = new ModuleTree(folder, KERNEL);
    new RandomModules(new Random(5)).fill(tree, 20);
    tree.put("modules.order", "updates/dkms/m1_snd-hda.ko\nkernel/fs/mod-0.ko");
    assertSame(tree, "", SearchOrder.standard());
  }

  @Test
  void depmodRefusesCyclesToo(@TempDir Path folder) throws IOException {
    ModuleTree tree = new ModuleTree(folder, KERNEL);
    tree.put("kernel/user.ko", module().need("a", false));
    tree.put("kernel/a.ko", module().export("a").need("b", false));
    tree.put("kernel/b.ko", module().export("b").need("c", false).need("d", false));
    tree.put("kernel/c.ko", module().export("c").need("a", false));
    tree.put("kernel/d.ko", module().export("d"));
    Judge.Verdict verdict = depmod(tree, "");
    assertThat(verdict.status()).isNotZero();
    assertThat(verdict.errors()).contains("Cycle detected");
    assertThat(tree.folder().resolve("modules.dep")).doesNotExist();
    assertThat(tree.index(new Depmod.Options(SearchOrder.standard(), false)))
        .isEqualTo(
            new Depmod.Cyclic(java.util.List.of("kernel/a.ko", "kernel/b.ko", "kernel/c.ko")));
  }

  @Test
  void modprobeFindsItsWayThroughOurIndexes(@TempDir Path folder) throws IOException {
    ModuleTree tree = new ModuleTree(folder, KERNEL);
    tree.put("kernel/top.ko", module().need("mid", false).information("alias=pci:v1d-*"));
    tree.put("kernel/mid-dle.ko", module().export("mid").need("low", false));
    tree.put("extras/low.ko", module().export("low"));
    tree.put("modules.builtin", "kernel/inner-part.ko\n");
    tree.put("modules.builtin.modinfo", "inner_part.alias=fs-inner\0");
    Map<String, Blob> files = indexed(tree, new Depmod.Options(SearchOrder.standard(), false));
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      if (file.getKey().endsWith(".bin")) {
        tree.put(file.getKey(), file.getValue().bytes(1 << 20));
      }
    }
    String insmod = "insmod " + tree.folder();
    assertThat(modprobe(tree, "pci:v1d-77"))
        .isEqualTo(
            "%1$s/extras/low.ko%n%1$s/kernel/mid-dle.ko%n%1$s/kernel/top.ko%n"
                .formatted(insmod)
                .replace(".ko\n", ".ko \n"));
    assertThat(modprobe(tree, "symbol:low")).isEqualTo(insmod + "/extras/low.ko \n");
    assertThat(modprobe(tree, "inner-part")).isEqualTo("builtin inner_part\n");
    assertThat(modprobe(tree, "fs-inner")).isEqualTo("builtin inner_part\n");
  }

  private static ElfModule module() {
    return new ElfModule(ElfModule.AARCH64, Versions.ABSOLUTE);
  }

  private static String modprobe(ModuleTree tree, String name) {
    return Judge.named("modprobe")
        .run("-S", KERNEL, "-d", tree.root().toString(), "--show-depends", name)
        .accepted()
        .output();
  }

  /// Compares and returns our files; depmod's are in the tree.
  private static Map<String, Blob> assertSame(ModuleTree tree, String search, SearchOrder order)
      throws IOException {
    depmod(tree, search).accepted();
    boolean weak = Files.exists(tree.folder().resolve("modules.weakdep"));
    Map<String, Blob> files = indexed(tree, new Depmod.Options(order, weak));
    for (Map.Entry<String, Blob> file : files.entrySet()) {
      byte[] theirs = Files.readAllBytes(tree.folder().resolve(file.getKey()));
      byte[] ours = file.getValue().bytes(1 << 24);
      if (file.getKey().endsWith(".bin")) {
        assertThat(IndexDump.of(ours)).as(file.getKey()).isEqualTo(IndexDump.of(theirs));
      } else {
        assertThat(new String(ours, StandardCharsets.ISO_8859_1))
            .as(file.getKey())
            .isEqualTo(new String(theirs, StandardCharsets.ISO_8859_1));
      }
      if (sameLayout()) {
        assertThat(ours).as(file.getKey()).isEqualTo(theirs);
      }
    }
    return files;
  }

  private static Map<String, Blob> indexed(ModuleTree tree, Depmod.Options options)
      throws IOException {
    return ((Depmod.Indexed) tree.index(options)).files();
  }

  private static Judge.Verdict depmod(ModuleTree tree, String search) throws IOException {
    Path config = Files.writeString(tree.root().resolve("depmod.conf"), search + "\n");
    return Judge.named("depmod")
        .run("--all", "--basedir", tree.root().toString(), "--config", config.toString(), KERNEL);
  }

  /// From kmod 34 on nodes come before their children.
  private static boolean sameLayout() {
    String version = Judge.named("depmod").run("--version").accepted().output();
    return Integer.parseInt(version.replaceAll("(?s)kmod version (\\d+).*", "$1")) < 34;
  }

  private static String text(Map<String, Blob> files, String name) throws IOException {
    return new String(
        java.util.Objects.requireNonNull(files.get(name)).bytes(1 << 20),
        StandardCharsets.ISO_8859_1);
  }
}
