package imageservice.formats.modules;

import imageservice.formats.testing.ElfModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Trees with modules that use each other, of all kinds of names, aliases and folders, without
/// cycles.
final class RandomModules {
  private static final List<String> FOLDERS =
      List.of("kernel/fs", "kernel/drivers/net/ethernet", "extras", "updates/dkms", "kernel/a-b");

  private final Random random;
  private final ElfModule.Versions versions;
  private final List<String> symbols = new ArrayList<>();

  RandomModules(Random random) {
    this.random = random;
    this.versions = List.of(ElfModule.Versions.values()).get(random.nextInt(3));
  }

  void fill(ModuleTree tree, int count) throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String folder = FOLDERS.get(random.nextInt(FOLDERS.size()));
      String path = folder + "/" + name(i) + ".ko";
      tree.put(path, module(i));
      paths.add(path);
      if (random.nextInt(10) == 0) {
        // The same name at another rank: of one rank the file system's order decides.
        String other = folder.startsWith("updates") ? "kernel/" : "updates/";
        tree.put(other + name(i) + ".ko", module(i));
      }
    }
    tree.put("kernel/build/ignored.ko", "no module").put("kernel/readme.txt", "text");
    if (random.nextInt(4) > 0) {
      java.util.Collections.shuffle(paths, random);
      paths.add(random.nextInt(paths.size()), "kernel/missing.ko");
      tree.put("modules.order", String.join("\n", paths.subList(0, paths.size() * 2 / 3)) + "\n");
    }
    if (random.nextInt(4) > 0) {
      builtin(tree);
    }
  }

  private void builtin(ModuleTree tree) throws IOException {
    StringBuilder paths = new StringBuilder();
    StringBuilder information = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      paths.append("kernel/part/%s.ko%n".formatted(name(1000 + i)));
      String name = name(1000 + i).replace('-', '_');
      information.append(name).append(".license=GPL\0");
      information.append(name).append(".alias=").append(alias()).append('\0');
      information.append(name).append(".parm=a.b:alias=c\0");
    }
    information.append(
        "nokey.of\0skipped.alias=x\0.alias=none\0.x.alias=odd\0m.alias=\0unended.alias=y");
    paths.append("# a remark\nnodot\nkernel/last.ko");
    tree.put("modules.builtin", paths.toString());
    tree.put("modules.builtin.modinfo", information.toString());
  }

  private ElfModule module(int i) {
    ElfModule module =
        new ElfModule(random.nextBoolean() ? ElfModule.X86_64 : ElfModule.AARCH64, versions);
    module.information("license=GPL").information("alone");
    for (int k = random.nextInt(6); k > 0; k--) {
      module.information("alias=" + alias());
    }
    if (random.nextInt(3) == 0) {
      module.information("softdep=pre: m%d post: m%d".formatted(random.nextInt(99), i));
      module.information("weakdep=m" + i);
    }
    if (random.nextInt(5) == 0) {
      device(module);
    }
    for (int k = random.nextInt(8); k > 0 && !symbols.isEmpty(); k--) {
      module.need(symbols.get(random.nextInt(symbols.size())), random.nextInt(9) == 0);
    }
    module.need("printk", false).need("optional" + i, true);
    if (!symbols.isEmpty()) {
      module.version(symbols.get(random.nextInt(symbols.size())));
    }
    List<String> own = new ArrayList<>();
    for (int k = random.nextInt(6); k > 0; k--) {
      own.add("%s_%d_%d".formatted("s".repeat(1 + random.nextInt(9)), i, k));
    }
    own.forEach(module::export);
    symbols.addAll(own);
    return module;
  }

  private void device(ElfModule module) {
    String kind = random.nextBoolean() ? "char" : "block";
    int major = random.nextInt(300);
    List<String> aliases =
        new ArrayList<>(
            List.of(
                "devname:net/dev" + major,
                "%s-major-%d-%d".formatted(kind, major, random.nextInt(300)),
                kind + "-major-" + major + "-*"));
    java.util.Collections.shuffle(aliases, random);
    aliases.subList(0, 1 + random.nextInt(3)).forEach(a -> module.information("alias=" + a));
  }

  private String alias() {
    String number = "%08X".formatted(random.nextInt(64));
    return switch (random.nextInt(7)) {
      case 0 -> "pci:v" + number + "d*sv*sd*bc*sc*i*";
      case 1 -> "usb:v[0-9]p-%s[a-f-z]in*".formatted(number);
      case 2 -> "net-pf-" + random.nextInt(40);
      case 3 -> "broken[" + number;
      case 4 -> "broken]" + number;
      case 5 -> "fs-" + "x".repeat(random.nextInt(4));
      default -> "of:N*T*Cvendor,part=" + number + "C*";
    };
  }

  private static String name(int i) {
    return switch (i % 4) {
      case 0 -> "mod-" + i;
      case 1 -> "m" + i + "_snd-hda";
      case 2 -> "x".repeat(1 + i % 13) + i;
      default -> "dotted" + i + ".part";
    };
  }
}
