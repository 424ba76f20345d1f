package imageservice.builder.bench;

import imageservice.builder.fetch.GrubKitFolder;
import imageservice.formats.blob.Blob;
import imageservice.formats.blob.FileBlob;
import imageservice.plan.Boot;
import imageservice.plan.BuildPlan;
import imageservice.plan.InitramfsContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What cold builds cost, beside copying and hashing the same bytes and beside the ordinary
/// programs. Exits with 0 whatever it finds: it measures and judges nothing.
///
/// Arguments: a folder of OCI layouts, the GRUB kit, a folder to work in, the folder with the mini
/// release's plain files, that with its images as folders, that with the plain files of a release
/// as large as real ones, one with an initramfs of many modules, then `disks` where rows about
/// disks are wanted alone, and `smoke` where every row is wanted but no measurement.
public final class Bench {
  private static final String ISO = "metal-amd64.iso";
  private static final String INITRAMFS = "initramfs-amd64.xz";
  private static final double MEGABYTE = 1 << 20;

  private final Effort effort;
  private final Report report;
  private final Path layouts;
  private final Path kit;
  private final Path work;
  private final Path files;
  private final Path images;
  private final Path large;
  private final Path modular;

  private Bench(
      Effort effort,
      Path layouts,
      Path kit,
      Path work,
      Path files,
      Path images,
      Path large,
      Path modular) {
    this.effort = effort;
    this.report = new Report(effort.judges());
    this.layouts = layouts;
    this.kit = kit;
    this.work = work;
    this.files = files;
    this.images = images;
    this.large = large;
    this.modular = modular;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments).subList(7, arguments.length);
    Bench bench =
        new Bench(
            words.contains("smoke") ? Effort.SMOKE : Effort.FULL,
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            Path.of(arguments[3]),
            Path.of(arguments[4]),
            Path.of(arguments[5]),
            Path.of(arguments[6]));
    if (words.contains("disks")) {
      bench.disks();
    } else {
      bench.run();
    }
  }

  private void run() throws IOException, InterruptedException {
    Subject mini = subject("v1.9.5", ISO);
    report.heading("In a virtual machine that just began");
    report.cost("fetch, plan, assemble and hash the first ISO", Cost.of(mini::hash));
    report.cost("the second, its source material in the cache", Cost.of(mini::hash));
    Cost.Series iso = compared("ISO of the mini release", mini, 1.5);
    Cost.Series large = compared("ISO with a kernel 4 times as large", subject("v1.9.6", ISO), 1.5);
    compared("ISO of a release as large as real ones", subject("v1.9.7", ISO), 1.5);
    growth(mini, iso, subject("v1.9.6", ISO), large);
    firstByte(mini);
    Subject initramfs = subject("v1.9.5", INITRAMFS);
    Cost.Series small = compared("initramfs of the mini release", initramfs, 1.3);
    compared("initramfs of a release as large as real ones", subject("v1.9.7", INITRAMFS), 1.3);
    footprint(List.of(mini, initramfs, subject("v1.9.7", ISO)));
    ordinary(mini, iso, initramfs, small);
    new VolumeBench(
            effort,
            report,
            new OrdinaryTools(
                effort.runs(),
                Files.createDirectories(work.resolve("volume-tools")),
                this.large.resolve("vmlinuz"),
                this.large.resolve("initramfs.xz"),
                kit))
        .run();
    disks();
    new InstallerBench(
            effort,
            report,
            work,
            (version, number) ->
                Subject.installer(layouts, kit, work.resolve("blobs"), version, number))
        .run();
    new ExtensionBench(
            effort,
            report,
            work,
            images,
            this.large,
            modular,
            GrubKitFolder.load(kit).orElseThrow())
        .run();
  }

  private void disks() throws IOException, InterruptedException {
    List<Path> framed = List.of(large.resolve("vmlinuz"), kit.resolve("bootx64-disk.efi"));
    new DiskBench(effort, report, work, framed, asset -> subject("v1.9.7", asset)).run();
  }

  private Subject subject(String version, String asset) throws IOException {
    return Subject.of(layouts, kit, work.resolve("blobs"), version, asset);
  }

  /// Beside copying and hashing: like for like, both into a file.
  private Cost.Series compared(String what, Subject subject, double target)
      throws IOException, InterruptedException {
    Path built = work.resolve("built");
    Path copied = work.resolve("copied");
    subject.hashInto(built);
    Blob same = new FileBlob(built);
    List<Cost.Series> series =
        Cost.series(
            effort.warmUp(),
            effort.rounds(),
            List.of(
                subject::hash,
                () -> subject.hashInto(copied),
                () -> Subject.pour(same, OutputStream.nullOutputStream()),
                () -> copy(same, copied)));
    report.heading("%s, %.1f MB".formatted(what, same.length() / MEGABYTE));
    report.cost("plan, assemble, hash", series.get(0));
    report.cost("plan, assemble, hash, write to a file", series.get(1));
    report.cost("hash the same bytes out of a file", series.get(2));
    report.cost("copy the same file, hash on the way", series.get(3));
    report.value("assemble / hash, wall", wall(series.get(0), series.get(2)), "x");
    report.atMost("into a file / copy, CPU", cpu(series.get(1), series.get(3)), target, "x");
    report.atMost("into a file / copy, wall", wall(series.get(1), series.get(3)), target, "x");
    return series.get(1);
  }

  private void growth(Subject small, Cost.Series iso, Subject large, Cost.Series largeIso)
      throws IOException {
    report.heading("Growth with the kernel");
    report.value("bytes", (double) large.assemble().length() / small.assemble().length(), "x");
    report.value("cost, wall", wall(largeIso, iso), "x");
    report.value("cost, CPU", cpu(largeIso, iso), "x");
  }

  private void firstByte(Subject mini) throws IOException, InterruptedException {
    Cost.Series series =
        Cost.series(effort.warmUp(), effort.rounds(), List.of(mini::firstByte)).getFirst();
    report.heading("First byte");
    report.atMost("plan to first byte of an ISO", series.median().wall() / 1e6, 50, "ms");
  }

  /// Of builds that are read to the end, and kept nowhere.
  private void footprint(List<Subject> subjects) throws IOException {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    long before = Footprint.written();
    long cached = Footprint.bytesIn(work.resolve("blobs"));
    for (Subject subject : subjects) {
      subject.hash();
    }
    long written = Footprint.written() - before;
    report.heading("Footprint");
    report.atMost(
        "bytes written during %d builds".formatted(subjects.size()), (double) written, 0, "B");
    report.atMost("bytes of temporary files", (double) Footprint.bytesIn(scratch), 0, "B");
    report.atMost(
        "growth of the cache",
        (double) (Footprint.bytesIn(work.resolve("blobs")) - cached),
        0,
        "B");
    report.atMost(
        "largest heap there may be", Runtime.getRuntime().maxMemory() / MEGABYTE, 96, "MB");
    report.value("peaks of the heap's parts, summed", Footprint.peakHeap() / MEGABYTE, "MB");
  }

  private void ordinary(
      Subject iso, Cost.Series isoCost, Subject initramfs, Cost.Series initramfsCost)
      throws IOException, InterruptedException {
    OrdinaryTools tools =
        new OrdinaryTools(
            effort.runs(),
            Files.createDirectories(work.resolve("tools")),
            files.resolve("vmlinuz"),
            files.resolve("initramfs.xz"),
            kit);
    report.heading("The mini release's, by the ordinary programs");
    tools.layOut((Boot.Grub) ((BuildPlan.Iso) iso.plan()).boot());
    InitramfsContent content = ((BuildPlan.Initramfs) initramfs.plan()).content();
    tools.layOut(content);
    row("grub-mkrescue", tools.cost(tools.grubMkrescue()), isoCost, 30);
    row("xorriso and mtools, boot code made before", tools.cost(tools.xorriso()), isoCost, 0);
    row(
        "mksquashfs, cpio, " + content.compression(),
        tools.cost(tools.initramfs(content)),
        initramfsCost,
        0);
  }

  private void row(String what, Cost cost, Cost.Series ours, double target) {
    report.cost(what, cost);
    double ratio = (double) cost.cpu() / ours.median().cpu();
    if (target > 0) {
      report.atLeast("  its CPU / ours", ratio, target, "x");
    } else {
      report.value("  its CPU / ours", ratio, "x");
    }
  }

  private static void copy(Blob from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      Subject.pour(from, out);
    }
  }

  private static double wall(Cost.Series a, Cost.Series b) {
    return (double) a.median().wall() / b.median().wall();
  }

  private static double cpu(Cost.Series a, Cost.Series b) {
    return (double) a.median().cpu() / b.median().cpu();
  }
}
