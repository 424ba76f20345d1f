package imageservice.builder.extension;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.layers.TreeEntry;
import imageservice.formats.squashfs.SquashfsCompression;
import imageservice.formats.squashfs.reader.SquashfsMember;
import imageservice.formats.squashfs.reader.SquashfsReader;
import imageservice.formats.testing.Judge;
import imageservice.formats.testing.Medium;
import imageservice.plan.ExtensionManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The layer beside what unsquashfs, depmod and modprobe make of the same.
@Tag("tool")
final class ModulesLayerToolTest extends ModulesFixture {
  @ParameterizedTest
  @CsvSource({"SPLIT_USR, XZ", "SPLIT_USR, ZSTD", "MERGED_USR, ZSTD"})
  void hasTheIndexesThatDepmodMakes(SystemFolders folders, SquashfsCompression compression)
      throws IOException {
    TestBase base = base(folders, compression);
    String modules = "rootfs/" + modules(folders) + "/";
    TestRoot first =
        root("vxlan")
            .file(modules + "extras/vxlan.ko", 0644, vxlan())
            .file(modules + "extras/both.ko", 0644, module().information("alias=one").toBytes());
    TestRoot second =
        root("more")
            .file(modules + "extras/both.ko", 0644, module().information("alias=two").toBytes())
            .file(modules + "kernel/fs/replaced.ko", 0644, module().need("vx", true).toBytes())
            .file(modules + "modules.dep", "stale, too")
            .file(modules + "modules.more", "kept");
    ModulesLayer.Layer layer =
        layer(folders, base.initramfs()).of(parts(folders, first, second), compression);
    assertThat(layer.manifest())
        .isEqualTo(
            new ExtensionManifest(
                "modules.dep",
                KERNEL_RELEASE,
                "Talos Machinery",
                "Combined modules.dep for all extensions",
                "",
                Optional.empty()));

    Path ours = unsquashed(Medium.write(layer.image(), folder.resolve("layer")), "ours");
    Path theirs = merged(folders, base, List.of(first, second));
    Path ourModules = ours.resolve(modules(folders));
    Set<String> names = names(ourModules);
    assertThat(names)
        .contains("modules.dep", "modules.dep.bin", "modules.alias.bin", "modules.builtin")
        .contains("modules.builtin.modinfo", "modules.order", "modules.more");
    for (String name : names) {
      assertThat(ourModules.resolve(name))
          .hasSameBinaryContentAs(
              theirs.resolve("lib/modules").resolve(KERNEL_RELEASE).resolve(name));
    }
    assertThat(Files.readString(ourModules.resolve("modules.dep")))
        .contains(
            "extras/vxlan.ko: kernel/net/ip6_udp_tunnel.ko kernel/net/udp_tunnel.ko\n",
            "extras/both.ko:\n",
            "kernel/drivers/virtio_blk.ko:\n");
    assertThat(Files.readString(ourModules.resolve("modules.alias")))
        .contains("alias two both\n")
        .doesNotContain("one", "fs_old");
    assertOnlyTheListsAreThere(layer, folders);
  }

  private static void assertOnlyTheListsAreThere(ModulesLayer.Layer layer, SystemFolders folders)
      throws IOException {
    SquashfsReader reader = SquashfsReader.open(layer.image());
    reader.walk(
        reader.root(),
        member -> {
          int mode = member instanceof SquashfsMember.Directory ? 0755 : 0644;
          assertThat(member.attributes().permissions()).isEqualTo(mode);
          assertThat(member.path())
              .matches(path ->
                  mode == 0755
                      ? modules(folders).startsWith(path)
                      : path.startsWith(modules(folders) + "/modules."));
        });
  }

  /// The release's own modules and over them those of the extensions, indexed by depmod, which
  /// knows `lib/modules` alone.
  private Path merged(SystemFolders folders, TestBase base, List<TestRoot> images)
      throws IOException {
    Path image = Files.write(folder.resolve("base"), base.root());
    Path root = unsquashed(image, "theirs");
    for (TestRoot each : images) {
      for (var entry : each.entries().entrySet()) {
        if (entry.getValue() instanceof TreeEntry.File file
            && entry.getKey().startsWith("rootfs/")) {
          Path to = root.resolve(entry.getKey().substring("rootfs/".length()));
          Files.createDirectories(to.getParent());
          try (var in = file.content().open()) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
    if (folders == SystemFolders.MERGED_USR) {
      Files.createSymbolicLink(root.resolve("lib"), Path.of("usr/lib"));
    }
    Judge.named("depmod").run("--all", "--basedir", root.toString(), KERNEL_RELEASE).accepted();
    return root;
  }

  private Path unsquashed(Path image, String name) {
    Path to = folder.resolve(name);
    Judge.named("unsquashfs").run("-no-xattrs", "-d", to.toString(), image.toString()).accepted();
    return to;
  }

  private static Set<String> names(Path modules) throws IOException {
    try (Stream<Path> files = Files.list(modules)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }
}
