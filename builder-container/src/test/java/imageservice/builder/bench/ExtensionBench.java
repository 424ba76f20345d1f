package imageservice.builder.bench;

import imageservice.builder.cache.BlobCache;
import imageservice.builder.material.GrubKit;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.plan.BuildPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/// What extensions, their kernel modules and the hybrid ISO cost.
///
/// @param effort how much is done for each row
/// @param images the images of a release, as folders
/// @param large the files of a release as large as real ones
/// @param modular the release's initramfs with all modules of its kernel
record ExtensionBench(
    Effort effort, Report report, Path work, Path images, Path large, Path modular, GrubKit kit) {
  private static final double MEGABYTE = 1 << 20;

  void run() throws IOException, InterruptedException {
    Path install = images.resolve("imager/amd64/0/usr/install/amd64");
    try (BlobCache cache =
        new BlobCache(work.resolve("extension-blobs"), 1L << 40, InstantSource.system())) {
      Mini mini = Mini.of(cache, kit, install);
      OrdinaryTools tools =
          new OrdinaryTools(
              effort.runs(),
              Files.createDirectories(work.resolve("extension-tools")),
              install.resolve("vmlinuz"),
              install.resolve("initramfs.xz"),
              work);
      extension(mini, tools, "usual", "like programs", effort.usual(), 3);
      extension(mini, tools, "large", "hardly compressible", effort.large(), 1);
      modules("An extension with a kernel module", mini, tools, 0);
      hybrid(Mini.of(cache, kit, install, large));
    }
    amongMany();
  }

  /// Other content under the same names has a cache of its own.
  private void amongMany() throws IOException, InterruptedException {
    Path install = images.resolve("imager/amd64/0/usr/install/amd64");
    try (BlobCache cache =
        new BlobCache(work.resolve("module-blobs"), 1L << 40, InstantSource.system())) {
      OrdinaryTools tools =
          new OrdinaryTools(
              effort.runs(),
              Files.createDirectories(work.resolve("module-tools")),
              install.resolve("vmlinuz"),
              modular.resolve("initramfs.xz"),
              work);
      modules(
          "The same over a base with all modules of its kernel",
          Mini.of(cache, kit, install, modular),
          tools,
          20);
    }
  }

  /// @param repeats how often a file's pieces come again
  private void extension(
      Mini mini, OrdinaryTools tools, String name, String what, int megabytes, int repeats)
      throws IOException, InterruptedException {
    Path folder = made(tools.folder().resolve(name), name, megabytes, repeats);
    mini.extension(name, folder);
    BuildPlan plan = mini.initramfs(name);
    report.heading("initramfs with an extension of %d MB, %s".formatted(megabytes, what));
    report.cost("the first, which compresses it", Cost.of(() -> hash(mini, plan)));
    Cost.Series series =
        Cost.series(effort.warmUp(), effort.rounds(), List.of(() -> hash(mini, plan))).getFirst();
    report.cost("assemble, hash, the extension in the cache", series);
    OrdinaryTools programs = repeats > 1 ? tools : tools.once(); // noise takes minutes
    String script =
        """
        rm -rf add; mkdir add; : >add/extensions.yaml
        mksquashfs %s/rootfs add/0.sqsh -all-root -noappend -no-progress -comp zstd -Xcompression-level 18
        (cat %s; (cd add; ls | cpio -o -H newc) | zstd -q -18 -T0) >initramfs; sha256sum initramfs
        """
            .formatted(name, tools.base());
    row("mksquashfs, cpio, zstd -18", programs.cost(script), series.median(), 80);
  }

  /// @param target how many times less CPU than the programs a known set is to take, 0 for none:
  ///   over a base of ten modules these have nothing to do
  private void modules(String heading, Mini mini, OrdinaryTools tools, double target)
      throws IOException, InterruptedException {
    Path source = images.resolve("mini-module/amd64/0");
    mini.extension("modules", source);
    report.heading(heading);
    report.cost(
        "the first of the release, which reads base and kernel",
        Cost.of(() -> hash(mini, mini.initramfs("modules"))));
    for (int i = 0; i < effort.sets(); i++) {
      variant(mini, source, i);
    }
    int[] sets = {0};
    Cost.Series another =
        Cost.series(
                effort.warmUp(),
                effort.rounds(),
                List.of(() -> hash(mini, mini.initramfs(pair(sets[0]++)))))
            .getFirst();
    report.cost("another set of modules of the same release", another);
    report.atMost("  its CPU", another.median().cpu() / 1e9, 0.1, "s");
    Cost.Series same =
        Cost.series(
                effort.warmUp(),
                effort.rounds(),
                List.of(() -> hash(mini, mini.initramfs("modules"))))
            .getFirst();
    report.cost("the same set again", same);
    String script =
        """
        rm -rf root base m out; mkdir base
        (cd base; zstd -dcq <%1$s | cpio -id --quiet rootfs.sqsh)
        unsquashfs -q -n -no-xattrs -d root base/rootfs.sqsh lib/modules
        cp -r %2$s/rootfs/lib/modules root/lib/
        kernel=$(ls root/lib/modules); depmod --all --basedir root "$kernel"
        mkdir -p m/lib/modules/$kernel; cp root/lib/modules/$kernel/modules.* m/lib/modules/$kernel
        mksquashfs m out -all-root -noappend -no-progress -comp zstd -Xcompression-level 18
        """
            .formatted(tools.base(), source);
    Cost cost = tools.cost(script);
    row("unsquashfs, depmod, mksquashfs", cost, another.median(), 0);
    row("  the same, beside the same set again", cost, same.median(), target);
  }

  /// Two of the variants; of as many sets as there are pairs no two are the same.
  private String[] pair(int number) {
    int first = number / (effort.sets() - 1) % effort.sets();
    int second = (first + 1 + number % (effort.sets() - 1)) % effort.sets();
    return new String[] {"module" + first, "module" + second};
  }

  /// The extension with another signature behind its module; its own image is in the cache then.
  private void variant(Mini mini, Path source, int number) throws IOException {
    Path folder = Files.createTempDirectory(work, "module" + number + "-");
    try (var paths = Files.walk(source)) {
      for (Path path : paths.sorted().toList()) {
        Path to = folder.resolve(source.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
        if (path.toString().endsWith(".ko")) {
          Files.writeString(to, "signature " + number, StandardOpenOption.APPEND);
        }
      }
    }
    mini.extension("module" + number, folder);
    hash(mini, mini.initramfs("module" + number));
  }

  private void hybrid(Mini mini) throws IOException, InterruptedException {
    BuildPlan plan = mini.hybridIso();
    Path built = work.resolve("hybrid");
    Path copied = work.resolve("hybrid-copy");
    hashInto(mini, plan, built);
    Blob same = new FileBlob(built);
    List<Cost.Series> series =
        Cost.series(
            effort.warmUp(),
            effort.rounds(),
            List.of(
                () -> hashInto(mini, plan, copied),
                () -> {
                  try (OutputStream out = Files.newOutputStream(copied)) {
                    Subject.pour(same, out);
                  }
                }));
    report.heading(
        "Hybrid ISO of a release as large as real ones, %.1f MB"
            .formatted(same.length() / MEGABYTE));
    report.cost("assemble, hash, write to a file", series.get(0));
    report.cost("copy the same file, hash on the way", series.get(1));
    report.atMost(
        "into a file / copy, CPU",
        ratio(series.get(0).median().cpu(), series.get(1).median().cpu()),
        1.5,
        "x");
    report.atMost(
        "into a file / copy, wall",
        ratio(series.get(0).median().wall(), series.get(1).median().wall()),
        1.5,
        "x");
    Files.delete(built);
    Files.delete(copied);
  }

  private void row(String what, Cost cost, Cost ours, double target) {
    report.cost(what, cost);
    if (target > 0) {
      report.atLeast("  its CPU / ours", ratio(cost.cpu(), ours.cpu()), target, "x");
    } else {
      report.value("  its CPU / ours", ratio(cost.cpu(), ours.cpu()), "x");
    }
  }

  private static double ratio(long a, long b) {
    return (double) a / b;
  }

  private static void hash(Mini mini, BuildPlan plan) throws IOException {
    Subject.pour(mini.assemble(plan), OutputStream.nullOutputStream());
  }

  private static void hashInto(Mini mini, BuildPlan plan, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      Subject.pour(mini.assemble(plan), out);
    }
  }

  /// An extension's root of files of 10 MB. Their pieces of 4 to 20 bytes are drawn from as many
  /// that the file shrinks to about a third where they come again; noise where they do not.
  private static Path made(Path folder, String name, int megabytes, int repeats)
      throws IOException {
    Path bin = Files.createDirectories(folder.resolve("rootfs/usr/local/bin"));
    Files.writeString(
        folder.resolve("manifest.yaml"),
        "version: v1alpha1\nmetadata:\n  name: %s\n  version: 1.0.0\n".formatted(name));
    SplittableRandom random = new SplittableRandom(megabytes);
    for (int i = 0; i < megabytes / 10; i++) {
      byte[] file = new byte[10 << 20];
      random.nextBytes(file);
      for (int at = 1 << 16; repeats > 1 && at < file.length - 20; at += 12) {
        int from = Math.max(0, at - (1 << 16)) + random.nextInt(1 << 15);
        System.arraycopy(file, from, file, at, 4 + random.nextInt(9));
      }
      Files.write(bin.resolve("program" + i), file);
    }
    return folder;
  }
}
